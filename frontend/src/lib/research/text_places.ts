/** Places in stored texts. The services count characters (Unicode code points), JavaScript counts UTF-16 units. */

/** Characters `start` to `end` of a document. */
export interface Span {
  start: number;
  end: number;
}

/** Returns the first `count` characters of a text, and the rest. */
export function splitAt(text: string, count: number): [string, string] {
  let units = 0;
  for (let left = count; left > 0 && units < text.length; left--) units += text.codePointAt(units)! > 0xffff ? 2 : 1;
  return [text.slice(0, units), text.slice(units)];
}

export function countCharacters(text: string): number {
  return text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);
}

/** What stands before a span, in it and after it; `text` begins at character `offset` of the document. */
export function cutOut(text: string, offset: number, { start, end }: Span): { before: string; inside: string; after: string } {
  const [before, rest] = splitAt(text, Math.max(0, start - offset));
  const [inside, after] = splitAt(rest, Math.max(0, end - Math.max(start, offset)));
  return { before, inside, after };
}
