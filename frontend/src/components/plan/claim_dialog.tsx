"use client";
import { ExternalLink } from "lucide-react";
import { Alert } from "@/components/ui/alert";
import { Dialog } from "@/components/ui/dialog";
import { ErrorState, Skeleton } from "@/components/ui/states";
import type { Finding, PlannerTypes } from "@/lib/api/types";
import { useLoaded } from "@/lib/api/use_loaded";
import { LocalTime, useFormat } from "@/lib/format/client";

/** A claim with the stored passage that it was taken from, the quote marked in it. */
export function ClaimDialog({ planId, id, onClose }: { planId: string; id: string; onClose: () => void }) {
  const answer = useLoaded<PlannerTypes["OpenedClaim"]>("planner", `/plans/${planId}/claims/${encodeURIComponent(id)}`);
  return (
    <Dialog open onOpenChange={onClose} title="Where this claim comes from" note="The passage as it was stored when it was read; the quote is marked.">
      {!answer && <Skeleton className="h-40" />}
      {answer && !answer.ok && <ErrorState what="The passage" error={answer.error} live />}
      {answer?.ok && <Passage opened={answer.data} />}
    </Dialog>
  );
}

function Passage({ opened: { finding, context, not_read } }: { opened: PlannerTypes["OpenedClaim"] }) {
  return (
    <div className="space-y-4">
      <Source finding={finding} />
      {not_read && <Alert tone="warn" title="The stored document could not be read">{not_read} What follows is the quote that the plan keeps.</Alert>}
      <blockquote className="border-accent bg-inset rounded-r-md border-l-3 px-4 py-3 leading-relaxed whitespace-pre-line [overflow-wrap:anywhere]">
        {context?.before && <span className="text-muted">{context.before.trimStart()}</span>}
        <mark>{context?.quote ?? finding.quote}</mark>
        {context?.after && <span className="text-muted">{context.after.trimEnd()}</span>}
      </blockquote>
      <p className="text-[13px]">
        Confidence: <span className="font-medium">{finding.confidence}</span> <span className="text-muted">({finding.confidence_reason})</span>
      </p>
      {finding.counter.length > 0 && (
        <div className="text-[13px]">
          <h3 className="font-medium">What speaks the other way</h3>
          <ul className="mt-1 list-disc space-y-1 pl-4">{finding.counter.map((text) => <li key={text}>{text}</li>)}</ul>
        </div>
      )}
    </div>
  );
}

function Source({ finding: { title, source_url, fetched_at, published_at } }: { finding: Finding }) {
  const format = useFormat();
  const isWeb = /^https?:\/\//.test(source_url);
  return (
    <div className="text-[13px]">
      <p className="text-sm font-semibold">{title}</p>
      {isWeb ? (
        <a className="text-accent inline-flex items-baseline gap-1 underline [overflow-wrap:anywhere]" href={source_url} target="_blank" rel="noopener noreferrer">
          {source_url} <ExternalLink aria-label="(opens the page in a new tab)" className="size-3 shrink-0" />
        </a>
      ) : (
        <p className="[overflow-wrap:anywhere]">{source_url}</p>
      )}
      <p className="text-muted">
        {published_at ? `Published ${format.day(published_at)}` : "Without a date"}
        {fetched_at && <>, read <LocalTime iso={fetched_at} /></>}
      </p>
    </div>
  );
}
