"use client";
import Link from "next/link";
import { useState } from "react";
import { QuotedPassage } from "@/components/evidence/passage";
import { Dialog } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/states";
import type { DocumentText, ResearchFinding } from "@/lib/api/types";
import { useLoaded } from "@/lib/api/use_loaded";
import { documentPath, versionOf } from "@/lib/research/reading";
import { cutOut } from "@/lib/research/text_places";

/** Characters shown before and after a quote. */
const CONTEXT_CHARACTERS = 400;

/** A claim that opens the stored passage it was taken from, the quote marked in it. */
export function FindingButton({ finding }: { finding: ResearchFinding }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" title="Show the stored passage" className="hover:bg-info-soft rounded-xs text-left underline decoration-dotted underline-offset-4" onClick={() => setOpen(true)}>
        {finding.claim}
      </button>
      {open && <FindingDialog finding={finding} onClose={() => setOpen(false)} />}
    </>
  );
}

function FindingDialog({ finding, onClose }: { finding: ResearchFinding; onClose: () => void }) {
  const { document_id, version_id, quote_start, quote_end } = finding;
  const start = Math.max(0, quote_start - CONTEXT_CHARACTERS);
  const query = new URLSearchParams({ start: String(start), max_chars: String(quote_end + CONTEXT_CHARACTERS - start) });
  const answer = useLoaded<DocumentText>("vector_store", `/documents/${encodeURIComponent(version_id)}?${query}`);
  const place = { start: quote_start, end: quote_end };
  const cut = answer?.ok ? cutOut(answer.data.text, start, place) : null;
  const other = cut !== null && cut.inside !== finding.quote;
  const before = start > 0 ? cut?.before.replace(/^\S*\s*/, "… ") : cut?.before;
  return (
    <Dialog open onOpenChange={onClose} title="Where this claim comes from" note="The passage as it was stored when it was read; the quote is marked.">
      {!answer ? (
        <Skeleton className="h-40" />
      ) : (
        <QuotedPassage
          evidence={{ ...finding, counter: (finding.counter ?? []).map(({ quote }) => quote) }}
          context={cut && !other ? { before: before ?? "", quote: cut.inside, after: cut.after } : null}
          notRead={!answer.ok ? answer.error.message : other ? "It has other words at this place." : null}
        />
      )}
      {answer?.ok && (
        <p className="mt-4 text-[13px]">
          <Link className="text-accent underline underline-offset-2" href={documentPath(document_id, { version: versionOf(version_id), passage: place })} prefetch={false}>
            Read it in the document
          </Link>
        </p>
      )}
    </Dialog>
  );
}
