import { Target } from "lucide-react";
import Link from "next/link";
import { DriftBars } from "@/components/charts/drift_bars";
import { buttonClasses } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/states";
import type { PlannerTypes } from "@/lib/api/types";
import { words } from "@/lib/format/format";
import { requestFormat } from "@/lib/format/server";
import { type ShowFigure, asText } from "@/lib/plans/show_figure";

type Drift = PlannerTypes["Drift"];

/** How far the mix is from the target that the newest plan was made for. */
export async function TargetCard({ drifts, figure = asText }: { drifts: Drift[] | undefined; figure?: ShowFigure }) {
  const format = await requestFormat();
  if (!drifts) {
    return (
      <Card title="Drift against target">
        <EmptyState icon={Target} title="No target yet" action={<Link className={`${buttonClasses()} not-printed`} href="/plan">State one in a plan</Link>}>
          Once a plan has a target mix, the drift from it is shown here.
        </EmptyState>
      </Card>
    );
  }
  const rows = drifts.map(({ key, share, target: wanted, drift }) => ({
    key,
    label: words(key),
    drift: Number(drift),
    text: figure(`drift.${key}`, format.points(drift)),
    detail: `${format.percent(share)} of ${format.percent(wanted)}`,
  }));
  return (
    <Card title="Drift against target" note="Share now and share wished for, by class; the difference in percentage points">
      <DriftBars label="Drift against target" rows={rows} />
    </Card>
  );
}
