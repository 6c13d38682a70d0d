import { Plus, X } from "lucide-react";
import type { ReactNode } from "react";
import { type PartProps, withCurrency } from "@/components/plan/form/part";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/field";
import type { Income, OneOff } from "@/lib/plans/form";

const NO_INCOME: Income = { label: "", amount: "", firstYear: "", lastYear: "", indexed: true };
const NO_ONE_OFF: OneOff = { label: "", amount: "", year: "" };

/** Pensions and other incomes beside the portfolio. */
export function Incomes({ form, problems, change, currency }: PartProps) {
  return (
    <Rows
      title="Pensions and other incomes"
      add="Add an income"
      problem={problems.incomes}
      rows={form.incomes}
      empty={NO_INCOME}
      onChange={(incomes) => change({ incomes })}
      fields={(row, set) => (
        <>
          <Input label="Name" value={row.label} maxLength={80} placeholder="pension" onChange={(event) => set({ label: event.target.value })} />
          <Input label={withCurrency("A year", currency)} type="number" inputMode="decimal" step="any" value={row.amount} onChange={(event) => set({ amount: event.target.value })} />
          <Input label="From year" type="number" inputMode="numeric" hint="1 is the coming one" value={row.firstYear} onChange={(event) => set({ firstYear: event.target.value })} />
          <Input label="To year" type="number" inputMode="numeric" hint="empty: for life" value={row.lastYear} onChange={(event) => set({ lastYear: event.target.value })} />
          <label className="flex items-center gap-2 self-center text-[13px]">
            <input type="checkbox" className="size-4" checked={row.indexed} onChange={(event) => set({ indexed: event.target.checked })} />
            rises with prices
          </label>
        </>
      )}
    />
  );
}

/** Amounts that come or go once. */
export function OneOffs({ form, problems, change, currency }: PartProps) {
  return (
    <Rows
      title="Single amounts"
      add="Add an amount"
      problem={problems.oneOffs}
      rows={form.oneOffs}
      empty={NO_ONE_OFF}
      onChange={(oneOffs) => change({ oneOffs })}
      fields={(row, set) => (
        <>
          <Input label="Name" value={row.label} maxLength={80} placeholder="new roof" onChange={(event) => set({ label: event.target.value })} />
          <Input label={withCurrency("Amount", currency)} type="number" inputMode="decimal" step="any" hint="below zero is paid" value={row.amount} onChange={(event) => set({ amount: event.target.value })} />
          <Input label="In year" type="number" inputMode="numeric" hint="1 is the coming one" value={row.year} onChange={(event) => set({ year: event.target.value })} />
        </>
      )}
    />
  );
}

interface RowsProps<T> {
  title: string;
  add: string;
  problem: string | undefined;
  rows: T[];
  empty: T;
  onChange: (rows: T[]) => void;
  fields: (row: T, set: (part: Partial<T>) => void) => ReactNode;
}

function Rows<T>({ title, add, problem, rows, empty, onChange, fields }: RowsProps<T>) {
  return (
    <fieldset>
      <legend className="text-[13px] font-medium">{title}</legend>
      <ul className="space-y-3">
        {rows.map((row, index) => (
          <li key={index} className="border-line mt-2 flex items-start gap-2 border-b pb-3">
            <div className="grid grow grid-cols-2 items-start gap-3 lg:grid-cols-5">{fields(row, (part) => onChange(rows.with(index, { ...row, ...part })))}</div>
            <Button look="quiet" aria-label={`Remove ${index + 1} of ${title.toLowerCase()}`} className="mt-6" onClick={() => onChange(rows.toSpliced(index, 1))}>
              <X aria-hidden className="size-4" />
            </Button>
          </li>
        ))}
      </ul>
      {problem && (
        <p role="alert" className="text-bad mt-1 text-xs font-medium">
          {problem}
        </p>
      )}
      <Button className="mt-2" onClick={() => onChange([...rows, empty])}>
        <Plus aria-hidden className="size-4" />
        {add}
      </Button>
    </fieldset>
  );
}
