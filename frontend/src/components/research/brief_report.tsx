import { StanceBadge } from "@/components/evidence/stance_badge";
import { SourceAddress } from "@/components/evidence/web_link";
import { BriefChanges } from "@/components/research/brief_changes";
import { FindingButton } from "@/components/research/finding_opener";
import { Alert } from "@/components/ui/alert";
import { Card } from "@/components/ui/card";
import type { Brief, ResearchFinding } from "@/lib/api/types";
import { requestFormat } from "@/lib/format/server";

/** A brief: what was found, each claim with the stored passage it quotes, and what could not be had. */
export function BriefReport({ brief }: { brief: Brief }) {
  const { missing, summary, changes, findings, open_questions } = brief;
  return (
    <div className="space-y-4">
      {missing.length > 0 && (
        <Alert tone="warn" title="This brief is incomplete">
          <ul className="list-disc space-y-0.5 pl-4">{missing.map((reason) => <li key={reason}>{reason}</li>)}</ul>
        </Alert>
      )}
      <Card title="In short">
        <p className="max-w-prose">{summary}</p>
      </Card>
      {changes && (
        <Card title="What changed" note="Against all earlier research on this topic">
          <BriefChanges changes={changes} />
        </Card>
      )}
      <Card title="Findings" note="Each opens the stored passage that it was taken from">
        {findings.length ? (
          <ul className="divide-line divide-y">{findings.map((finding, index) => <FindingLine key={index} finding={finding} />)}</ul>
        ) : (
          <p className="text-muted">Nothing was found that a stored source says word for word.</p>
        )}
      </Card>
      {open_questions.length > 0 && (
        <Card title="Open questions">
          <ul className="max-w-prose list-disc space-y-1 pl-4">{open_questions.map((question) => <li key={question}>{question}</li>)}</ul>
        </Card>
      )}
      <HowItWasMade brief={brief} />
    </div>
  );
}

async function FindingLine({ finding }: { finding: ResearchFinding }) {
  const format = await requestFormat();
  const { stance, confidence, title, published_at, source_url, contradicts } = finding;
  return (
    <li className="space-y-1 py-2.5 first:pt-0">
      <p className="flex items-baseline gap-2">
        <StanceBadge stance={stance} />
        <FindingButton finding={finding} />
      </p>
      <p className="text-muted text-[13px] [overflow-wrap:anywhere]">
        {title}, {published_at ? format.day(published_at) : "without a date"}; confidence {confidence}. <SourceAddress url={source_url} />
      </p>
      {contradicts?.map(({ quote, reason, published_at: day }, index) => (
        <p key={index} className="text-warn text-[13px] [overflow-wrap:anywhere]">
          An older finding{day && ` of ${format.day(day)}`} does not agree: <q>{quote}</q> ({reason})
        </p>
      ))}
    </li>
  );
}

function HowItWasMade({ brief: { model, sources, dropped_findings, refused_calls } }: { brief: Brief }) {
  return (
    <Card title="How it was made" note={`By the ${model.replace(/^the /, "")}`}>
      <ul className="list-disc space-y-0.5 pl-4 text-[13px] [overflow-wrap:anywhere]">
        {sources.map(({ url, status, reason }, index) => (
          <li key={index}>
            <SourceAddress url={url} />: {status}
            {reason && `, ${reason}`}
          </li>
        ))}
      </ul>
      <p className="text-muted mt-3 text-[13px]">
        Findings dropped because their quote was not in a stored source: {dropped_findings}. Addresses that the model asked for and was not given: {refused_calls ?? 0}.
      </p>
    </Card>
  );
}
