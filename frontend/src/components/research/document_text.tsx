import Link from "next/link";
import type { ReactNode } from "react";
import { Markdown } from "@/components/research/markdown";
import { PASSAGE_ANCHOR, markingRange } from "@/components/research/marked";
import { buttonClasses } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { DocumentText as Stored } from "@/lib/api/types";
import { requestFormat } from "@/lib/format/server";
import { PAGE_CHARACTERS, type Place, documentPath, trimSlice } from "@/lib/research/reading";
import { cutOut } from "@/lib/research/text_places";

interface Props {
  document: Stored;
  place: Place;
  /** Shown letter for letter rather than as Markdown. */
  asStored: boolean;
}

/** A page of a document's text, with the passage marked that the address names. */
export async function DocumentText({ document, place, asStored }: Props) {
  const format = await requestFormat();
  const slice = trimSlice(document, document.total_chars, place.passage);
  const whole = slice.start === 0 && slice.end === document.total_chars;
  const count = `${format.number(document.total_chars)} characters`;
  const cut = place.passage ? cutOut(slice.text, slice.start, place.passage) : { before: slice.text, inside: "", after: "" };
  const other = documentPath(document.document_id, { version: place.version, ...(place.passage ? { passage: place.passage } : { from: slice.start }) });
  return (
    <Card
      title="Text"
      note={whole ? count : `Characters ${format.number(slice.start + 1)} to ${format.number(slice.end)} of ${count}`}
      action={
        <Link className={buttonClasses()} href={asStored ? other : other.replace("?", "?as=stored&")} prefetch={false} scroll={false}>
          {asStored ? "Show formatted" : "Show as stored"}
        </Link>
      }
    >
      {asStored ? <Letters {...cut} /> : <Markdown text={slice.text} show={markingRange({ start: cut.before.length, end: cut.before.length + cut.inside.length })} />}
      {!whole && <PageLinks document={document} place={place} start={slice.start} end={slice.end} />}
    </Card>
  );
}

function Letters({ before, inside, after }: { before: string; inside: string; after: string }): ReactNode {
  return (
    <pre className="font-mono text-[13px] whitespace-pre-wrap [overflow-wrap:anywhere]">
      {before}
      {inside && <mark id={PASSAGE_ANCHOR}>{inside}</mark>}
      {after}
    </pre>
  );
}

function PageLinks({ document, place: { version }, start, end }: { document: Stored; place: Place; start: number; end: number }) {
  const at = (from: number) => documentPath(document.document_id, { version, from });
  return (
    <nav aria-label="Pages of the text" className="mt-5 flex gap-2">
      {start > 0 && <Link className={buttonClasses()} href={at(Math.max(0, start - PAGE_CHARACTERS))} prefetch={false}>Earlier part</Link>}
      {end < document.total_chars && <Link className={buttonClasses()} href={at(end)} prefetch={false}>Later part</Link>}
    </nav>
  );
}
