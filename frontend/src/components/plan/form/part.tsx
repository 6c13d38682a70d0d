import type { ReactNode } from "react";
import { Input } from "@/components/ui/field";
import type { PlanForm } from "@/lib/plans/form";
import { NUMBERS, type NumberField, type Problems } from "@/lib/plans/problems";

/** What every part of the form of a plan is given. */
export interface PartProps {
  form: PlanForm;
  problems: Problems;
  change: (part: Partial<PlanForm>) => void;
  /** ISO 4217 code of amounts; null where the portfolio does not tell. */
  currency: string | null;
}

/** The name of an amount with its currency. */
export function withCurrency(label: string, currency: string | null): string {
  return currency ? `${label} (${currency})` : label;
}

/** A number of the form, within what the planner takes. */
export function NumberInput({ field, label, hint, part }: { field: NumberField; label: string; hint?: ReactNode; part: PartProps }) {
  const limits: { min: number; max: number; whole?: boolean } = NUMBERS[field];
  return (
    <Input
      label={label}
      hint={hint}
      error={part.problems[field]}
      type="number"
      inputMode={limits.whole ? "numeric" : "decimal"}
      step={limits.whole ? 1 : "any"}
      min={limits.min}
      value={part.form[field]}
      onChange={(event) => part.change({ [field]: event.target.value })}
    />
  );
}

/** Parts of the form that most plans do without. */
export function More({ title, note, children }: { title: string; note: string; children: ReactNode }) {
  return (
    <details className="border-line rounded-lg border px-4 py-3">
      <summary className="cursor-pointer">
        <span className="font-medium">{title}</span> <span className="text-muted text-[13px]">{note}</span>
      </summary>
      <div className="mt-4 space-y-4">{children}</div>
    </details>
  );
}
