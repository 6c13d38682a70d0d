/** Which words of a passage are those of a query, to mark them. It ranks nothing: the vector store has done that. */

const WORD = /[\p{L}\p{N}][\p{L}\p{N}.,'’-]*/gu;
/** Words that stand in most sentences and would be marked everywhere. */
const COMMON = new Set(
  "a about after all an and are as at be been but by can did do does for from had has have how in into is it its of on or than that the their there these they this to was were what when where which who why will with would".split(" "),
);
const SHORTEST_STEM = 4;

export interface Piece {
  text: string;
  matches: boolean;
}

/** Returns the text in pieces, those that are words of the query marked; together they are the text. */
export function markWords(text: string, query: string): Piece[] {
  const wanted = new Set(words(query).filter((word) => !COMMON.has(word)).map(stem));
  const pieces: Piece[] = [];
  let last = 0;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (!wanted.has(stem(plain(word)))) continue;
    if (index > last) pieces.push({ text: text.slice(last, index), matches: false });
    const end = index + word.replace(/[.,'’-]+$/u, "").length;
    pieces.push({ text: text.slice(index, end), matches: true });
    last = end;
  }
  if (last < text.length) pieces.push({ text: text.slice(last), matches: false });
  return pieces;
}

function words(text: string): string[] {
  return [...text.matchAll(WORD)].map(({ 0: word }) => plain(word));
}

function plain(word: string): string {
  return word.toLowerCase().replace(/[.,'’-]+$/u, "").replace(/['’]s$/u, "");
}

/** The word without a common English ending, so that "orders" finds "order" and "grew" is left as it is. */
function stem(word: string): string {
  const short = word.replace(/(ies|ing|ed|es|s|y|e)$/, "");
  return short.length >= SHORTEST_STEM ? short : word;
}
