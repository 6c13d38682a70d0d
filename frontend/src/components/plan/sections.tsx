import { AssumptionsTable } from "@/components/plan/assumptions_table";
import { Sentence } from "@/components/plan/prose";
import { StatusBadge } from "@/components/runs/status_badge";
import { Card } from "@/components/ui/card";
import type { Plan } from "@/lib/api/types";
import { requestFormat } from "@/lib/format/server";
import type { FigureFinder } from "@/lib/plans/figures";
import { costText } from "@/lib/runs/history";

/** What changed since the last plan of the same portfolio. */
export async function Changes({ plan: { changes }, finder }: { plan: Plan; finder: FigureFinder }) {
  if (!changes) return null;
  const format = await requestFormat();
  return (
    <Card title="What changed" note={`Since the plan of ${format.day(changes.previous_at)}`}>
      {changes.changes.length ? (
        <ul className="max-w-prose list-disc space-y-1 pl-4">
          {changes.changes.map(({ text, why }) => (
            <li key={text}>
              <Sentence text={text} finder={finder} /> {why && <span className="text-muted">{format.prose(why)}</span>}
            </li>
          ))}
        </ul>
      ) : (
        <p>Nothing.</p>
      )}
    </Card>
  );
}

/** What was researched and what became of each source; what failed is named. */
export async function ResearchDone({ plan: { researched, sources_tried, not_given, receipt, model_label, gate } }: { plan: Plan }) {
  const format = await requestFormat();
  const { cost } = receipt.total;
  return (
    <Card title="How it was made" note={`By the ${model_label.replace(/^the /, "")}`}>
      <div className="space-y-3">
        <ul className="space-y-1">
          {researched.map(({ topic, status, findings, from_knowledge }) => (
            <li key={topic} className="flex flex-wrap items-center gap-x-2">
              <span>{topic}</span> <StatusBadge status={status} /> <span className="text-muted">{format.count(findings, "finding")}{from_knowledge && ", from what was stored already"}</span>
            </li>
          ))}
        </ul>
        {sources_tried.length > 0 && (
          <details>
            <summary className="cursor-pointer">{format.count(sources_tried.length, "source")} tried</summary>
            <ul className="mt-1 list-disc space-y-0.5 pl-4 text-[13px] [overflow-wrap:anywhere]">
              {sources_tried.map(({ url, status, reason }) => (
                <li key={url}>
                  {url}: {status}{reason && `, ${reason}`}
                </li>
              ))}
            </ul>
          </details>
        )}
        {not_given.length > 0 && <ul className="text-muted list-disc pl-4">{not_given.map((text) => <li key={text}>{text}</li>)}</ul>}
        <p className="text-muted text-[13px]">
          {format.count(receipt.total.requests, "model call")}, {costText(cost, format) ?? "cost not known"}; {format.count(gate.checked, "paragraph")} checked against the
          figures, {gate.sent_back} sent back, {gate.replaced} replaced by computed sentences.
        </p>
      </div>
    </Card>
  );
}

export async function Assumptions({ plan: { assumptions } }: { plan: Plan }) {
  if (!assumptions.length) return null;
  return (
    <Card title="Assumptions">
      <AssumptionsTable assumptions={assumptions} format={await requestFormat()} />
    </Card>
  );
}
