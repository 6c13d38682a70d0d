import { OutcomeFan } from "@/components/charts/outcome_fan";
import { Card } from "@/components/ui/card";
import { Tabs } from "@/components/ui/tabs";
import type { PlannerTypes } from "@/lib/api/types";
import { words } from "@/lib/format/format";
import { requestFormat } from "@/lib/format/server";
import type { ShowFigure } from "@/lib/plans/show_figure";

type Projection = PlannerTypes["Projection"];

/** What may become of the portfolio, by each model of returns: they disagree, and that is part of the answer. */
export async function Outcomes({ projection, figure }: { projection: Projection | null; figure: ShowFigure }) {
  if (!projection) {
    return (
      <Card title="Outlook">
        <p className="text-warn">No outlook could be computed; what is missing for it is named above.</p>
      </Card>
    );
  }
  const format = await requestFormat();
  const tabs = projection.outcomes.map((outcome) => ({
    key: outcome.model,
    title: words(outcome.model),
    content: (
      <OutcomeFan outcome={outcome} currency={projection.currency} format={format} figure={figure}>
        {outcome.success && <p>In {figure(`retirement.${outcome.model}.success`, format.percent(outcome.success.probability))} of the outcomes everything is paid to the end.</p>}
      </OutcomeFan>
    ),
  }));
  return (
    <Card title="Outlook" note={`${format.count(projection.horizon_years, "year")}, by three models of returns${projection.complete ? "" : `, of the ${format.money(projection.start_value, projection.currency, 0)} that can be projected`}`}>
      <Tabs label="Models of returns" tabs={tabs} />
    </Card>
  );
}
