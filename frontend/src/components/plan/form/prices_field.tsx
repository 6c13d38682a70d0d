"use client";
import { useId, useState } from "react";
import type { PlanForm } from "@/lib/plans/form";

/** What the planner takes as a file of prices (`AnalysisOptions.prices`). */
const MAX_BYTES = 10 * 1024 * 1024;

/** A CSV of prices and exchange rates from the reader's machine. */
export function PricesField({ name, onChange }: { name: string; onChange: (part: Partial<PlanForm>) => void }) {
  const id = useId();
  const [error, setError] = useState<string | null>(null);
  const read = async (file: File | undefined) => {
    setError(file && file.size > MAX_BYTES ? `${file.name} is too large; at most 10 MB are read.` : null);
    if (!file || file.size > MAX_BYTES) return onChange({ prices: "", pricesName: "" });
    onChange({ prices: await file.text(), pricesName: file.name });
  };
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-[13px] font-medium">
        Prices over time
      </label>
      <input id={id} type="file" accept=".csv,text/csv" aria-describedby={`${id}-hint`} className="file:border-line file:bg-card w-full text-[13px] file:mr-3 file:min-h-9 file:rounded-md file:border file:px-3" onChange={(event) => read(event.target.files?.[0])} />
      <p id={`${id}-hint`} className={error ? "text-bad mt-1 text-xs font-medium" : "text-muted mt-1 text-xs"}>
        {error ?? (name ? `${name} goes along.` : "CSV with date,symbol,price,currency; a rate is a symbol as EUR/USD.")}
      </p>
    </div>
  );
}
