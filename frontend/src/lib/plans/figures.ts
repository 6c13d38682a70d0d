/** Finds the figures in a plan's sentences, so that each can open its calculation. */
import type { Fact } from "@/lib/api/types";

/** A piece of a sentence; `facts` are the ids of the facts that are written so. */
export interface Piece {
  text: string;
  facts: string[];
}

/** Bare numbers below this are words of the language as often as figures ("the two largest"). */
const SHORTEST_CHARS = 3;

/** A reader that cuts sentences into words and figures; `own` are the facts that a sentence is known to be about. */
export class FigureFinder {
  private readonly byText = new Map<string, string[]>();
  private readonly pattern: RegExp | null;

  constructor(facts: Pick<Fact, "id" | "formatted">[]) {
    for (const { id, formatted } of facts) {
      if (formatted.length < SHORTEST_CHARS || !/\d/.test(formatted)) continue;
      this.byText.set(formatted, [...(this.byText.get(formatted) ?? []), id]);
    }
    const texts = [...this.byText.keys()].sort((one, other) => other.length - one.length);
    const choices = texts.map((text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
    // Not inside of a longer number or word: 5.0 % is not found in 15.0 %.
    this.pattern = texts.length ? new RegExp(`(?<![\\d.,\\w-])(?:${choices})(?![\\d\\w]|[.,]\\d)`, "g") : null;
  }

  cut(sentence: string, own: string[] = []): Piece[] {
    if (!this.pattern) return [{ text: sentence, facts: [] }];
    const pieces: Piece[] = [];
    let end = 0;
    for (const match of sentence.matchAll(this.pattern)) {
      if (match.index > end) pieces.push({ text: sentence.slice(end, match.index), facts: [] });
      pieces.push({ text: match[0], facts: this.choose(match[0], own) });
      end = match.index + match[0].length;
    }
    if (end < sentence.length) pieces.push({ text: sentence.slice(end), facts: [] });
    return pieces;
  }

  /** Several facts can read alike: those that the sentence is about come alone, else all are offered. */
  private choose(text: string, own: string[]): string[] {
    const facts = this.byText.get(text) ?? [];
    const preferred = facts.filter((id) => own.includes(id));
    return preferred.length ? preferred : facts;
  }
}
