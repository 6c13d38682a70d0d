import { SourceAddress } from "@/components/evidence/web_link";
import { Alert } from "@/components/ui/alert";
import { LocalTime, useFormat } from "@/lib/format/client";

export interface Evidence {
  title: string;
  source_url: string | null;
  published_at: string | null;
  fetched_at: string | null;
  quote: string;
  confidence: string;
  confidence_reason: string;
  /** What other documents say against it, quoted. */
  counter: string[];
}

interface Props {
  evidence: Evidence;
  /** The words around the quote as they are stored; null when they could not be read. */
  context: { before: string; quote: string; after: string } | null;
  /** Why there is no context. */
  notRead: string | null;
}

/** A quote marked in the stored passage it was taken from, with its source and how much it weighs. */
export function QuotedPassage({ evidence, context, notRead }: Props) {
  return (
    <div className="space-y-4">
      <Source evidence={evidence} />
      {notRead && <Alert tone="warn" title="The stored document could not be read">{notRead} What follows is the quote that was kept.</Alert>}
      <blockquote className="border-accent bg-inset rounded-r-md border-l-3 px-4 py-3 leading-relaxed whitespace-pre-line [overflow-wrap:anywhere]">
        {context?.before && <span className="text-muted">{context.before.trimStart()}</span>}
        <mark>{context?.quote ?? evidence.quote}</mark>
        {context?.after && <span className="text-muted">{context.after.trimEnd()}</span>}
      </blockquote>
      <p className="text-[13px]">
        Confidence: <span className="font-medium">{evidence.confidence}</span> <span className="text-muted">({evidence.confidence_reason})</span>
      </p>
      {evidence.counter.length > 0 && (
        <div className="text-[13px]">
          <h3 className="font-medium">What speaks the other way</h3>
          <ul className="mt-1 list-disc space-y-1 pl-4">{evidence.counter.map((text) => <li key={text}>{text}</li>)}</ul>
        </div>
      )}
    </div>
  );
}

function Source({ evidence: { title, source_url, fetched_at, published_at } }: { evidence: Evidence }) {
  const format = useFormat();
  return (
    <div className="text-[13px]">
      <p className="text-sm font-semibold">{title}</p>
      <SourceAddress url={source_url} />
      <p className="text-muted">
        {published_at ? `Published ${format.day(published_at)}` : "Without a date"}
        {fetched_at && <>, read <LocalTime iso={fetched_at} /></>}
      </p>
    </div>
  );
}
