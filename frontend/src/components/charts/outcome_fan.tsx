import type { ReactNode } from "react";
import { RangeChart } from "@/components/charts/range_chart";
import { Table, Td, Th } from "@/components/ui/table";
import type { PlannerTypes } from "@/lib/api/types";
import type { Format } from "@/lib/format/format";

interface OutcomeFanProps {
  outcome: PlannerTypes["Outcome"];
  currency: string;
  format: Format;
  /** Stands between the chart and its table. */
  children?: ReactNode;
}

/** What may become of the money by one model of returns: a fan over the years, and the same as a table. */
export function OutcomeFan({ outcome: { years }, currency, format, children }: OutcomeFanProps) {
  const last = years.at(-1);
  if (!last) return <p className="text-warn">This model has no outcomes for the years ahead.</p>;
  const money = (amount: string) => format.money(amount, currency, 0);
  const points = years.map(({ year, p5, p25, p50, p75, p95 }) => ({ year, p5: +p5, p25: +p25, p50: +p50, p75: +p75, p95: +p95 }));
  return (
    <div className="space-y-3">
      <RangeChart points={points} currency={currency} label={`After ${last.year} years: ${money(last.p50)} in the middle, nine of ten between ${money(last.p5)} and ${money(last.p95)}.`} />
      {children}
      <details>
        <summary className="text-muted cursor-pointer text-[13px]">As a table</summary>
        <Table label="Outcomes by year">
          <thead>
            <tr>
              <Th>Year</Th>
              {["5 %", "25 %", "Middle", "75 %", "95 %"].map((name) => (
                <Th key={name} numeric>{name}</Th>
              ))}
            </tr>
          </thead>
          <tbody>
            {years.map(({ year, p5, p25, p50, p75, p95 }) => (
              <tr key={year}>
                <Th scope="row">{year}</Th>
                {[p5, p25, p50, p75, p95].map((amount, index) => (
                  <Td key={index} numeric>{money(amount)}</Td>
                ))}
              </tr>
            ))}
          </tbody>
        </Table>
      </details>
    </div>
  );
}
