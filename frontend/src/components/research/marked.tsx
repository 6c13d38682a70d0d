import type { ReactNode } from "react";
import type { ShowText } from "@/components/research/markdown";
import { markWords } from "@/lib/research/matching";

/** The id of the first marked part, which links lead to. */
export const PASSAGE_ANCHOR = "passage";

/** Marks the words of a query wherever they stand. */
export function markingWords(query: string): ShowText {
  return (text) => markWords(text, query).map(({ text: piece, matches }, index) => (matches ? <mark key={index}>{piece}</mark> : piece));
}

/** Marks what stands in a range of the source (UTF-16 units); the first marked part can be linked to. */
export function markingRange(range: { start: number; end: number } | null): ShowText {
  let anchored = false;
  const mark = (text: string): ReactNode => {
    const anchor = anchored ? {} : { id: PASSAGE_ANCHOR };
    anchored = true;
    return <mark {...anchor}>{text}</mark>;
  };
  return function show(text, start, end) {
    if (!range || end <= range.start || start >= range.end || !text.trim()) return text;
    // Where the source says it with other letters, as in `&amp;`, places inside of it are not known.
    if (end - start !== text.length) return mark(text);
    const [from, to] = [Math.max(0, range.start - start), Math.min(text.length, range.end - start)];
    return (
      <>
        {text.slice(0, from)}
        {mark(text.slice(from, to))}
        {text.slice(to)}
      </>
    );
  };
}
