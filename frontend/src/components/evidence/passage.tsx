import dynamic from "next/dynamic";
import { SourceAddress } from "@/components/evidence/web_link";
import { Alert } from "@/components/ui/alert";
import { Skeleton } from "@/components/ui/states";
import { LocalTime, useFormat } from "@/lib/format/client";
import type { QuoteContext } from "@/components/evidence/stored_passage";

/** With what reads Markdown, which is needed once a claim is opened. */
const StoredPassage = dynamic(() => import("@/components/evidence/stored_passage"), { loading: () => <Skeleton className="h-40" /> });

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
  context: QuoteContext | null;
  /** Why there is no context. */
  notRead: string | null;
}

/** A quote marked in the stored passage it was taken from, with its source and how much it weighs. */
export function QuotedPassage({ evidence, context, notRead }: Props) {
  return (
    <div className="space-y-4">
      <Source evidence={evidence} />
      {notRead && <Alert tone="warn" title="The stored document could not be read">{notRead} What follows is the quote that was kept.</Alert>}
      <StoredPassage {...(context ?? { before: "", quote: evidence.quote, after: "" })} />
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
