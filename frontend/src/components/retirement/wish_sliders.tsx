import { Card } from "@/components/ui/card";
import { Slider } from "@/components/ui/slider";
import { useFormat } from "@/lib/format/client";
import { type KeptGoals, type Limits, type Wishes, withWish } from "@/lib/retirement";

interface WishSlidersProps {
  wishes: Wishes;
  limits: Limits;
  note: string;
  kept: KeptGoals;
  currency: string | null;
  pending: boolean;
  onChange: (wishes: Wishes) => void;
}

const LABELS: [keyof Wishes, string][] = [
  ["monthlySaving", "Saving a month"],
  ["yearlySpending", "Spending a year in retirement"],
  ["age", "Age now"],
  ["retireAt", "Retire at"],
  ["lastsUntil", "Money lasts until"],
];

export function WishSliders({ wishes, limits, note, kept, currency, pending, onChange }: WishSlidersProps) {
  const format = useFormat();
  const text = (name: keyof Wishes) => (name === "monthlySaving" || name === "yearlySpending" ? format.money(wishes[name], currency, 0) : format.number(wishes[name]));
  return (
    <Card title="What if" note={`${note} Amounts in today's money${currency ? `, ${currency}` : ""}.`} className="lg:sticky lg:top-4">
      <div className="space-y-4">
        {LABELS.map(([name, label]) => (
          <Slider key={name} label={label} value={wishes[name]} {...limits[name]} text={text(name)} onChange={(value) => onChange(withWish(wishes, name, value))} />
        ))}
      </div>
      <KeptList kept={kept} currency={currency} />
      <p role="status" className="text-muted mt-4 min-h-5 text-xs">
        {pending ? "Computing …" : "The outcomes are of these values."}
      </p>
    </Card>
  );
}

/** Pensions and single amounts of the plan: counted, but not moved here. */
function KeptList({ kept: { incomes = [], one_offs: oneOffs = [] }, currency }: { kept: KeptGoals; currency: string | null }) {
  const format = useFormat();
  if (!incomes.length && !oneOffs.length) return null;
  return (
    <div className="text-muted mt-4 text-xs">
      <p>Also counted, as in the plan:</p>
      <ul className="list-disc pl-4">
        {incomes.map(({ label, annual_amount, first_year }) => (
          <li key={`${label} ${first_year}`}>
            {label}: {format.money(annual_amount, currency, 0)} a year from year {first_year}
          </li>
        ))}
        {oneOffs.map(({ label, amount, year }) => (
          <li key={`${label} ${year}`}>
            {label}: {format.money(amount, currency, 0)} in year {year}
          </li>
        ))}
      </ul>
    </div>
  );
}
