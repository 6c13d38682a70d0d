"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Input, Textarea } from "@/components/ui/field";
import { ErrorState } from "@/components/ui/states";
import { callApi } from "@/lib/api/browser";
import type { ApiError } from "@/lib/api/errors";
import type { RunView } from "@/lib/api/types";
import { words } from "@/lib/format/format";
import { CLASSES, type PlanForm as Form, type Problems, findProblems, sumOfTarget, toRequest } from "@/lib/plans/request";

const EMPTY: Form = { goal: "", horizonYears: "20", monthlyContribution: "", yearsToRetirement: "", annualSpending: "", target: {}, questions: "", sources: "", holdings: "2" };

/** Asks what a plan is to be made for, and starts it. */
export function PlanForm({ portfolioId }: { portfolioId: string }) {
  const router = useRouter();
  const [form, setForm] = useState(EMPTY);
  const [problems, setProblems] = useState<Problems>({});
  const [error, setError] = useState<ApiError | null>(null);
  const [pending, setPending] = useState(false);
  // One key for one wish: pressing twice, or again after a broken connection, starts one run.
  const key = useRef<string | null>(null);
  const change = (part: Partial<Form>) => {
    key.current = null;
    setForm((now) => ({ ...now, ...part }));
  };

  const start = async (event: FormEvent) => {
    event.preventDefault();
    const found = findProblems(form);
    setProblems(found);
    if (Object.keys(found).length) return;
    setPending(true);
    setError(null);
    key.current ??= crypto.randomUUID();
    const headers = { "idempotency-key": key.current };
    const answer = await callApi<RunView>("planner", "/runs", { method: "POST", json: toRequest(form, portfolioId), headers });
    if (answer.ok) return router.push(`/plan/runs/${answer.data.id}`);
    setPending(false);
    setError(answer.error);
  };

  return (
    <Card title="New plan" note="Nothing has to be filled in; what is left out is named in the plan.">
      <form onSubmit={start} className="space-y-5">
        <Textarea label="Your goal, in your words" value={form.goal} maxLength={2000} onChange={(event) => change({ goal: event.target.value })} />
        <GoalFields form={form} problems={problems} change={change} />
        <TargetFields form={form} problem={problems.target} change={change} />
        <ResearchFields form={form} problems={problems} change={change} />
        {error && <ErrorState what="The plan" error={error} live />}
        <Button type="submit" look="primary" disabled={pending}>
          {pending ? "Starting …" : "Make the plan"}
        </Button>
      </form>
    </Card>
  );
}

type Change = (part: Partial<Form>) => void;

function GoalFields({ form, problems, change }: { form: Form; problems: Problems; change: Change }) {
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2 xl:grid-cols-4">
      <Input label="Years to look ahead" type="number" inputMode="numeric" min={1} max={60} required value={form.horizonYears} onChange={(event) => change({ horizonYears: event.target.value })} />
      <Input label="Saved each month" type="number" inputMode="decimal" min={0} step="any" value={form.monthlyContribution} onChange={(event) => change({ monthlyContribution: event.target.value })} />
      <Input label="Years to retirement" type="number" inputMode="numeric" min={0} max={59} error={problems.yearsToRetirement} value={form.yearsToRetirement} onChange={(event) => change({ yearsToRetirement: event.target.value })} />
      <Input label="Spending a year then" type="number" inputMode="decimal" min={0} step="any" value={form.annualSpending} onChange={(event) => change({ annualSpending: event.target.value })} />
    </div>
  );
}

function TargetFields({ form, problem, change }: { form: Form; problem: string | undefined; change: Change }) {
  const total = sumOfTarget(form);
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

function ResearchFields({ form, problems, change }: { form: Form; problems: Problems; change: Change }) {
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Textarea label="Questions" hint="One on each line, at most five; each is researched and answered." error={problems.questions} value={form.questions} onChange={(event) => change({ questions: event.target.value })} />
      <Textarea label="Pages to begin with" hint="One address on each line. Without any the web is searched, where a search is set up." error={problems.sources} value={form.sources} onChange={(event) => change({ sources: event.target.value })} />
      <Input label="Holdings to research at the most" type="number" inputMode="numeric" min={0} max={10} required value={form.holdings} onChange={(event) => change({ holdings: event.target.value })} />
    </div>
  );
}
