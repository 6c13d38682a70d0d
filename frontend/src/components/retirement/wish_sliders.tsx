import { Card } from "@/components/ui/card";
import { Slider } from "@/components/ui/slider";
import { useFormat } from "@/lib/format/client";
import { LIMITS, type Wishes, withWish } from "@/lib/retirement";

interface WishSlidersProps {
  wishes: Wishes;
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

export function WishSliders({ wishes, currency, pending, onChange }: WishSlidersProps) {
  const format = useFormat();
  const text = (name: keyof Wishes) => (name === "monthlySaving" || name === "yearlySpending" ? format.money(wishes[name], currency, 0) : format.number(wishes[name]));
  return (
    <Card title="What if" note="Amounts in today's money" className="lg:sticky lg:top-4">
      <div className="space-y-4">
        {LABELS.map(([name, label]) => (
          <Slider key={name} label={label} value={wishes[name]} {...LIMITS[name]} text={text(name)} onChange={(value) => onChange(withWish(wishes, name, value))} />
        ))}
      </div>
      <p role="status" className="text-muted mt-4 min-h-5 text-xs">
        {pending ? "Computing …" : "The outcomes are of these values."}
      </p>
    </Card>
  );
}
