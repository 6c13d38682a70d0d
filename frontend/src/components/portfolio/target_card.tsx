import { Target } from "lucide-react";
import { DriftBars } from "@/components/charts/drift_bars";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/states";
import type { Analysis } from "@/lib/api/types";
import { words } from "@/lib/format/format";
import { requestFormat } from "@/lib/format/server";

/** How far the mix is from the target that the newest plan was made for. */
export async function TargetCard({ analysis, target }: { analysis: Analysis; target: Record<string, string> | null }) {
  const format = await requestFormat();
  const drifts = analysis.rebalancing?.drifts;
  if (!target || !drifts) {
    return (
      <Card title="Drift against target">
        <EmptyState icon={Target} title="No target yet">
          State a target mix when you make a plan; its drift is shown here from then on.
        </EmptyState>
      </Card>
    );
  }
  const rows = drifts.map(({ key, share, target: wanted, drift }) => ({
    key,
    label: words(key),
    drift: Number(drift),
    text: format.points(drift),
    detail: `${format.percent(share)} of ${format.percent(wanted)}`,
  }));
  return (
    <Card title="Drift against target" note="Share now and share wished for, by class; the difference in percentage points">
      <DriftBars label="Drift against target" rows={rows} />
    </Card>
  );
}
