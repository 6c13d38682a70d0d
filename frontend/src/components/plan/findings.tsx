import { ClaimLine, PrintedSource } from "@/components/plan/claims";
import { ReportedFigures, isReported } from "@/components/plan/reported_figures";
import { Card } from "@/components/ui/card";
import type { Finding } from "@/lib/api/types";
import { requestFormat } from "@/lib/format/server";
import type { ShowFigure } from "@/lib/plans/show_figure";

/** Every claim that the plan may rest on; figures that companies reported stand in a table of their own. */
export async function Findings({ findings, figure }: { findings: Finding[]; figure: ShowFigure }) {
  const format = await requestFormat();
  const told = findings.filter((finding) => !isReported(finding));
  return (
    <Card title="Findings" note="Each opens the stored passage that it was taken from">
      {findings.length === 0 && <p className="text-muted">Nothing was found, or nothing was to be researched.</p>}
      <div className="space-y-4">
        {told.length > 0 && (
          <ul className="space-y-2">
            {told.map((finding) => (
              <li key={finding.id}>
                <ClaimLine finding={finding} />
                <PrintedSource finding={finding} />
              </li>
            ))}
          </ul>
        )}
        <ReportedFigures findings={findings.filter(isReported)} format={format} show={figure} />
      </div>
    </Card>
  );
}
