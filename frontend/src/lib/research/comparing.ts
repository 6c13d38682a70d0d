/** What is different between two versions of a text, line by line. */
import { diffLines } from "diff";

/** Longest time for a comparison: two long texts that have nothing in common. */
const TIMEOUT_MS = 2_000;
const CONTEXT_LINES = 1;

export interface Part {
  kind: "added" | "removed" | "same" | "gap";
  text: string;
}

/** Returns the changed lines with a line around them; `gap` stands for lines that are the same. Null: too different to tell. */
export function compareTexts(before: string, after: string): Part[] | null {
  const found = diffLines(before, after, { timeout: TIMEOUT_MS, ignoreNewlineAtEof: true });
  if (!found) return null;
  return found.flatMap(({ added, removed, value }, index): Part[] => {
    if (added || removed) return [{ kind: added ? "added" : "removed", text: value }];
    return around(value, index > 0, index < found.length - 1);
  });
}

/** Of lines that are the same, those next to a change. */
function around(text: string, afterChange: boolean, beforeChange: boolean): Part[] {
  const lines = text.split("\n").filter((line) => line.trim());
  const head = afterChange ? lines.slice(0, CONTEXT_LINES) : [];
  const tail = beforeChange ? lines.slice(Math.max(head.length, lines.length - CONTEXT_LINES)) : [];
  const hidden = lines.length - head.length - tail.length;
  const same = (some: string[]): Part[] => (some.length ? [{ kind: "same", text: some.join("\n") }] : []);
  return [...same(head), ...(hidden > 0 ? [{ kind: "gap" as const, text: String(hidden) }] : []), ...same(tail)];
}
