import type { ReactNode } from "react";
import { RangeChart } from "@/components/charts/range_chart";
import { Table, Td, Th } from "@/components/ui/table";
import type { PlannerTypes } from "@/lib/api/types";
import type { Format } from "@/lib/format/format";
import { type ShowFigure, asText } from "@/lib/plans/show_figure";

/** Where the facts of a model's outcomes are; those of the planning model are the projection itself. */
const FACTS: Record<PlannerTypes["Outcome"]["model"], string> = {
  log_normal: "projection",
  block_bootstrap: "retirement.block_bootstrap",
  historical_sequences: "retirement.historical_sequences",
};

/** The fact of a figure after so many years, by one model. */
export function yearFact(model: PlannerTypes["Outcome"]["model"], year: number, name: string): string {
  return `${FACTS[model]}.year.${year}.${name}`;
}

interface OutcomeFanProps {
  outcome: PlannerTypes["Outcome"];
  currency: string;
  format: Format;
  figure?: ShowFigure;
  /** Stands between the chart and its table. */
  children?: ReactNode;
}

/** What may become of the money by one model of returns: a fan over the years, and the same as a table. */
export function OutcomeFan({ outcome: { model, years }, currency, format, figure = asText, children }: OutcomeFanProps) {
  const last = years.at(-1);
  if (!last) return <p className="text-warn">This model has no outcomes for the years ahead.</p>;
  const money = (amount: string) => format.money(amount, currency, 0);
  const points = years.map(({ year, p5, p25, p50, p75, p95 }) => ({ year, p5: +p5, p25: +p25, p50: +p50, p75: +p75, p95: +p95 }));
  return (
    <div className="space-y-3">
      <RangeChart points={points} currency={currency} label={`After ${format.count(last.year, "year")}: ${money(last.p50)} in the middle, nine of ten between ${money(last.p5)} and ${money(last.p95)}.`} />
      {children}
      <details>
        <summary className="text-muted cursor-pointer text-[13px]">As a table</summary>
        <Table label="Outcomes by year">
          <thead>
            <tr>
              <Th>Year</Th>
              {[format.percent(0.05, 0), format.percent(0.25, 0), "Middle", format.percent(0.75, 0), format.percent(0.95, 0)].map((name) => (
                <Th key={name} numeric>{name}</Th>
              ))}
            </tr>
          </thead>
          <tbody>
            {years.map(({ year, p5, p25, p50, p75, p95 }) => (
              <tr key={year}>
                <Th scope="row">{year}</Th>
                {Object.entries({ p5, p25, p50, p75, p95 }).map(([name, amount]) => (
                  <Td key={name} numeric>{figure(yearFact(model, year, name), money(amount))}</Td>
                ))}
              </tr>
            ))}
          </tbody>
        </Table>
      </details>
    </div>
  );
}
