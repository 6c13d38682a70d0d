import { NumberInput, type PartProps, withCurrency } from "@/components/plan/form/part";
import { Input, Textarea } from "@/components/ui/field";
import { words } from "@/lib/format/format";
import { CLASSES } from "@/lib/plans/form";
import { sumOfTarget } from "@/lib/plans/request";

/** What the plan is for, in words and in the numbers that matter most. */
export function GoalPart(part: PartProps) {
  const { form, change, currency } = part;
  return (
    <div className="space-y-4">
      <Textarea label="Your goal, in your words" value={form.goal} maxLength={2000} onChange={(event) => change({ goal: event.target.value })} />
      <div className="grid items-start gap-4 sm:grid-cols-2 xl:grid-cols-4">
        <NumberInput part={part} field="horizonYears" label="Years to look ahead" hint="Retirement included." />
        <NumberInput part={part} field="monthlyContribution" label={withCurrency("Saved each month", currency)} hint="Until retirement." />
        <NumberInput part={part} field="yearsToRetirement" label="Years to retirement" hint="0 is now; empty, no retirement is looked at." />
        <NumberInput part={part} field="annualSpending" label={withCurrency("Spending a year then", currency)} hint="In today's money, from the portfolio and pensions together." />
      </div>
    </div>
  );
}

/** The mix that the owner wants. */
export function TargetPart({ form, problems, change }: PartProps) {
  const total = sumOfTarget(form);
  const problem = problems.target;
  return (
    <fieldset aria-describedby="target-note">
      <legend className="text-[13px] font-medium">Target mix in percent</legend>
      <div className="mt-2 grid grid-cols-2 gap-3 sm:grid-cols-3 xl:grid-cols-6">
        {CLASSES.map((key) => (
          <Input key={key} label={words(key)} type="number" inputMode="decimal" min={0} max={100} step="any" value={form.target[key] ?? ""} onChange={(event) => change({ target: { ...form.target, [key]: event.target.value } })} />
        ))}
      </div>
      <p id="target-note" role={problem ? "alert" : undefined} className={problem ? "text-bad mt-1 text-xs font-medium" : "text-muted mt-1 text-xs"}>
        {problem ?? (total === null ? "Left empty, no drift is measured and no trade proposed." : `${total} % of 100 %`)}
      </p>
    </fieldset>
  );
}

/** What is to be found out, and where to begin. */
export function QuestionPart({ form, problems, change }: PartProps) {
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Textarea label="Questions" hint="One on each line, at most five; each is researched and answered." error={problems.questions} value={form.questions} onChange={(event) => change({ questions: event.target.value })} />
      <Textarea label="Pages to begin with" hint="One address on each line. Without any the web is searched, where a search is set up." error={problems.sources} value={form.sources} onChange={(event) => change({ sources: event.target.value })} />
    </div>
  );
}
