import { Sentence } from "@/components/plan/prose";
import { StatusBadge } from "@/components/runs/status_badge";
import { Card } from "@/components/ui/card";
import { Table, Td, Th } from "@/components/ui/table";
import type { Plan } from "@/lib/api/types";
import { requestFormat } from "@/lib/format/server";
import type { FigureFinder } from "@/lib/plans/figures";

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
              <Sentence text={text} finder={finder} /> {why && <span className="text-muted">{why}</span>}
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
export function ResearchDone({ plan: { researched, sources_tried, not_given, receipt, model_label, gate } }: { plan: Plan }) {
  const { cost } = receipt.total;
  return (
    <Card title="How it was made" note={`By the ${model_label.replace(/^the /, "")}`}>
      <div className="space-y-3">
        <ul className="space-y-1">
          {researched.map(({ topic, status, findings, from_knowledge }) => (
            <li key={topic} className="flex flex-wrap items-center gap-x-2">
              <span>{topic}</span> <StatusBadge status={status} /> <span className="text-muted">{findings} findings{from_knowledge && ", from what was stored already"}</span>
            </li>
          ))}
        </ul>
        {sources_tried.length > 0 && (
          <details>
            <summary className="cursor-pointer">{sources_tried.length} sources tried</summary>
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
          {receipt.total.requests} model calls, {cost?.kind === "known" ? `${cost.usd} USD` : "cost not known"}; {gate.checked} paragraphs checked against the
          figures, {gate.sent_back} sent back, {gate.replaced} replaced by computed sentences.
        </p>
      </div>
    </Card>
  );
}

export function Assumptions({ plan: { assumptions } }: { plan: Plan }) {
  if (!assumptions.length) return null;
  return (
    <Card title="Assumptions">
      <details>
        <summary className="cursor-pointer">{assumptions.length} assumptions with their sources</summary>
        <div className="mt-3">
          <Table label="Assumptions">
            <thead>
              <tr>
                <Th>Assumption</Th>
                <Th numeric>Value</Th>
                <Th>Source and note</Th>
              </tr>
            </thead>
            <tbody>
              {assumptions.map(({ name, value, unit, source, note }) => (
                <tr key={name}>
                  <Th scope="row" className="text-text">{name.replaceAll(/[._]/g, " ")}</Th>
                  <Td numeric>{value} {unit}</Td>
                  <Td className="min-w-72 [overflow-wrap:anywhere]">{source} <span className="text-muted">{note}</span></Td>
                </tr>
              ))}
            </tbody>
          </Table>
        </div>
      </details>
    </Card>
  );
}
