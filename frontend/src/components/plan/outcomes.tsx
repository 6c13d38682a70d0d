import { RangeChart, type RangePoint } from "@/components/charts/range_chart";
import { Card } from "@/components/ui/card";
import { Table, Td, Th } from "@/components/ui/table";
import { Tabs } from "@/components/ui/tabs";
import type { PlannerTypes } from "@/lib/api/types";
import { type Format, words } from "@/lib/format/format";
import { requestFormat } from "@/lib/format/server";

type Projection = PlannerTypes["Projection"];
type Outcome = PlannerTypes["Outcome"];

/** What may become of the portfolio, by each model of returns: they disagree, and that is part of the answer. */
export async function Outcomes({ projection }: { projection: Projection | null }) {
  if (!projection) {
    return (
      <Card title="Outlook">
        <p className="text-warn">No outlook could be computed; what is missing for it is named above.</p>
      </Card>
    );
  }
  const format = await requestFormat();
  const tabs = projection.outcomes.map((outcome) => ({ key: outcome.model, title: words(outcome.model), content: <OutcomeView outcome={outcome} currency={projection.currency} format={format} /> }));
  return (
    <Card title="Outlook" note={`${projection.horizon_years} years, by three models of returns`}>
      <Tabs label="Models of returns" tabs={tabs} />
    </Card>
  );
}

function OutcomeView({ outcome: { years, success }, currency, format }: { outcome: Outcome; currency: string; format: Format }) {
  const last = years.at(-1);
  if (!last) return <p className="text-warn">This model has no outcomes for the years ahead.</p>;
  const money = (amount: string) => format.money(amount, currency, 0);
  const points: RangePoint[] = years.map(({ year, p5, p25, p50, p75, p95 }) => ({ year, p5: +p5, p25: +p25, p50: +p50, p75: +p75, p95: +p95 }));
  return (
    <div className="space-y-3">
      <RangeChart points={points} currency={currency} label={`After ${last.year} years: ${money(last.p50)} in the middle, nine of ten between ${money(last.p5)} and ${money(last.p95)}.`} />
      {success && <p>In {format.percent(success.probability)} of the outcomes everything is paid to the end.</p>}
      <details>
        <summary className="text-muted cursor-pointer text-[13px]">As a table</summary>
        <Table label="Outcomes by year">
          <thead>
            <tr>
              <Th>Year</Th>
              <Th numeric>5 %</Th>
              <Th numeric>25 %</Th>
              <Th numeric>Middle</Th>
              <Th numeric>75 %</Th>
              <Th numeric>95 %</Th>
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
