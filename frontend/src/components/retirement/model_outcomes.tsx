import { RangeChart } from "@/components/charts/range_chart";
import { Card, Stat } from "@/components/ui/card";
import { Table, Td, Th } from "@/components/ui/table";
import { Tabs } from "@/components/ui/tabs";
import type { PlannerTypes } from "@/lib/api/types";
import { words } from "@/lib/format/format";
import { useFormat } from "@/lib/format/client";

type Projection = PlannerTypes["Projection"];
type Outcome = PlannerTypes["Outcome"];

/** Chance of success by each model of returns, and what may become of the money. */
export function ModelOutcomes({ projection }: { projection: Projection }) {
  const format = useFormat();
  const tabs = projection.outcomes.map((outcome) => ({ key: outcome.model, title: words(outcome.model), content: <Fan outcome={outcome} currency={projection.currency} /> }));
  return (
    <>
      <Card title="Chance that the money lasts" note="By model of returns; where they disagree, the future is that uncertain">
        <dl className="grid gap-4 sm:grid-cols-3">
          {projection.outcomes.map((outcome) => (
            <SuccessStat key={outcome.model} outcome={outcome} />
          ))}
        </dl>
      </Card>
      <Card title="What may become of it" note={`From ${format.money(projection.start_value, projection.currency, 0)} over ${projection.horizon_years} years`}>
        <Tabs label="Models of returns" tabs={tabs} />
      </Card>
    </>
  );
}

function SuccessStat({ outcome: { model, success, paths } }: { outcome: Outcome }) {
  const format = useFormat();
  const error = success?.standard_error ? `standard error ${format.percent(success.standard_error)}` : "no standard error";
  return (
    <Stat
      label={words(model)}
      value={success && format.percent(success.probability)}
      missing={success ? undefined : "not known"}
      detail={`${error}, ${format.number(paths)} paths`}
    />
  );
}

function Fan({ outcome: { years }, currency }: { outcome: Outcome; currency: string }) {
  const format = useFormat();
  const last = years.at(-1);
  if (!last) return <p className="text-warn">This model has no outcomes for the years ahead.</p>;
  const money = (amount: string) => format.money(amount, currency, 0);
  const points = years.map(({ year, p5, p25, p50, p75, p95 }) => ({ year, p5: +p5, p25: +p25, p50: +p50, p75: +p75, p95: +p95 }));
  return (
    <div className="space-y-3">
      <RangeChart points={points} currency={currency} label={`After ${last.year} years: ${money(last.p50)} in the middle, nine of ten between ${money(last.p5)} and ${money(last.p95)}.`} />
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
