import { Incomes, OneOffs } from "@/components/plan/form/cash_flows";
import { PricesField } from "@/components/plan/form/prices_field";
import { More, NumberInput, type PartProps, withCurrency } from "@/components/plan/form/part";
import { Input, Select, Textarea } from "@/components/ui/field";
import type { PlanForm } from "@/lib/plans/form";

const GRID = "grid items-start gap-4 sm:grid-cols-2 xl:grid-cols-4";

export function RetirementDetails(part: PartProps) {
  const { form, change } = part;
  return (
    <More title="Retirement in detail" note="pensions, single amounts, fees">
      <Incomes {...part} />
      <OneOffs {...part} />
      <div className={GRID}>
        <NumberInput part={part} field="successPercent" label="Chance to reach (%)" hint="The chance at which spending counts as safe." />
        <NumberInput part={part} field="contributionGrowthPercent" label="Saving grows a year (%)" hint="Above inflation." />
        <NumberInput part={part} field="feePercent" label="Fees a year (%)" hint="Of the portfolio, beside those of its funds." />
        <Select label="Spending is paid" value={form.spendingTiming} onChange={(event) => change({ spendingTiming: event.target.value as PlanForm["spendingTiming"] })}>
          <option value="spread">over the year</option>
          <option value="start">at its start</option>
          <option value="end">at its end</option>
        </Select>
      </div>
    </More>
  );
}

export function TradeDetails(part: PartProps) {
  const { form, problems, change, currency } = part;
  return (
    <More title="Trades, taxes and prices" note="what a trade costs, and a history for risk and returns">
      <div className={GRID}>
        <NumberInput part={part} field="bandPercent" label="Band around the target (%)" hint="Drift below this is left alone." />
        <NumberInput part={part} field="minimumTrade" label={withCurrency("Smallest trade", currency)} hint="Empty: half a percent of the portfolio." />
        <NumberInput part={part} field="costPercent" label="Cost of a trade (%)" />
        <NumberInput part={part} field="taxPercent" label="Tax on gains (%)" />
        <NumberInput part={part} field="riskFreePercent" label="Return without risk (%)" hint="A year, for the Sharpe ratio." />
        <Input label="Benchmark" hint="A symbol in the prices, for beta." maxLength={32} value={form.benchmark} onChange={(event) => change({ benchmark: event.target.value })} />
        <NumberInput part={part} field="historyYears" label="Years of prices" hint="How far back the provider is asked." />
        <Input label="Currency to count in" hint={currency ? `Empty: ${currency}.` : "Three letters."} error={problems.baseCurrency} maxLength={3} value={form.baseCurrency} onChange={(event) => change({ baseCurrency: event.target.value })} />
      </div>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <PricesField name={form.pricesName} onChange={change} />
        <Textarea label="Classes of holdings" hint="One on each line, as ACME=equity; believed before the file." error={problems.classes} value={form.classes} onChange={(event) => change({ classes: event.target.value })} />
      </div>
      <Check label="Ask the provider of prices" hint="Symbols and currencies leave for it, no amount. Needs one that is set up." checked={form.online} onChange={(online) => change({ online })} />
      <Check label="Have the model propose what nobody said of a holding" hint="Every proposal is marked in the plan." checked={form.propose} onChange={(propose) => change({ propose })} />
    </More>
  );
}

function Check({ label, hint, checked, onChange }: { label: string; hint: string; checked: boolean; onChange: (checked: boolean) => void }) {
  return (
    <label className="flex items-start gap-2">
      <input type="checkbox" className="mt-1 size-4" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span>
        {label} <span className="text-muted block text-xs">{hint}</span>
      </span>
    </label>
  );
}

export function ResearchDetails(part: PartProps) {
  return (
    <More title="Research in detail" note="how much is looked into">
      <div className={GRID}>
        <NumberInput part={part} field="holdings" label="Holdings to research" hint="At the most; 0 for none." />
        <NumberInput part={part} field="maxPages" label="Pages for each topic" hint="At the most." />
        <NumberInput part={part} field="freshDays" label="Findings stay fresh (days)" hint="A holding with newer ones is not researched again." />
        <NumberInput part={part} field="seed" label="Seed of the outlook" hint="The same number repeats it to the cent." />
      </div>
    </More>
  );
}

export function BudgetDetails(part: PartProps) {
  return (
    <More title="Budget" note="the most that the plan and its research may use together">
      <div className={GRID}>
        <NumberInput part={part} field="budgetUsd" label="US dollars (USD)" hint="By the price table of the service." />
        <NumberInput part={part} field="budgetTokens" label="Tokens" />
        <NumberInput part={part} field="budgetTurns" label="Model calls" />
        <NumberInput part={part} field="budgetMinutes" label="Minutes" hint="In which it is worked on." />
      </div>
      <p className="text-muted text-xs">Empty is no limit. What is reached ends the work, and the plan says what is missing.</p>
    </More>
  );
}
