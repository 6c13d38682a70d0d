import { Markdown } from "@/components/research/markdown";
import { markingRange } from "@/components/research/marked";

export interface QuoteContext {
  before: string;
  quote: string;
  after: string;
}

/** A quote with the words around it, as they are stored; the quote is marked. */
export default function StoredPassage({ before, quote, after }: QuoteContext) {
  return (
    <blockquote className="border-accent bg-inset rounded-r-md border-l-3 px-4 py-3 leading-relaxed">
      <Markdown text={before + quote + after} show={markingRange({ start: before.length, end: before.length + quote.length })} />
    </blockquote>
  );
}
