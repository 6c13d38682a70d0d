import { OutcomeFan } from "@/components/charts/outcome_fan";
import { Card, Stat } from "@/components/ui/card";
import { Tabs } from "@/components/ui/tabs";
import type { PlannerTypes } from "@/lib/api/types";
import { words } from "@/lib/format/format";
import { useFormat } from "@/lib/format/client";

type Projection = PlannerTypes["Projection"];
type Outcome = PlannerTypes["Outcome"];

/** Chance of success by each model of returns, and what may become of the money. */
export function ModelOutcomes({ projection }: { projection: Projection }) {
  const format = useFormat();
  const tabs = projection.outcomes.map((outcome) => ({ key: outcome.model, title: words(outcome.model), content: <OutcomeFan outcome={outcome} currency={projection.currency} format={format} /> }));
  return (
    <>
      <Card title="Chance that the money lasts" note="By model of returns; where they disagree, the future is that uncertain">
        <dl className="grid gap-4 sm:grid-cols-3">
          {projection.outcomes.map((outcome) => (
            <SuccessStat key={outcome.model} outcome={outcome} />
          ))}
        </dl>
      </Card>
      <Card title="What may become of it" note={`From ${format.money(projection.start_value, projection.currency, 0)} over ${format.count(projection.horizon_years, "year")}`}>
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
      detail={`${error}, ${format.count(paths, "path")}`}
    />
  );
}
