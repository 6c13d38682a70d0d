/** Which part of a document a page shows. Documents have up to two million characters. */
import { type Span, countCharacters, splitAt } from "@/lib/research/text_places";

/** Characters of a page. */
export const PAGE_CHARACTERS = 40_000;
/** What is shown before a passage that is opened. */
const LEAD_CHARACTERS = 1_500;
/** Longest piece given up at an end for a page to begin and end between paragraphs. */
const GIVEN_UP_CHARACTERS = 4_000;

export interface Slice extends Span {
  text: string;
}

/** What the address of a document's page may say. */
export interface Place {
  version: string | undefined;
  /** First character of the page. */
  from: number;
  /** The passage to mark. */
  passage: Span | null;
}

type Parameters = Record<string, string | string[] | undefined>;

export function readPlace(parameters: Parameters): Place {
  const start = wholeNumber(parameters.start);
  const end = wholeNumber(parameters.end);
  const passage = start !== null && end !== null && end > start ? { start, end } : null;
  const version = typeof parameters.version === "string" && /^[0-9a-f]{16}$/.test(parameters.version) ? parameters.version : undefined;
  return { version, from: wholeNumber(parameters.from) ?? Math.max(0, (passage?.start ?? 0) - LEAD_CHARACTERS), passage };
}

function wholeNumber(value: string | string[] | undefined): number | null {
  return typeof value === "string" && /^\d{1,9}$/.test(value) ? Number(value) : null;
}

/** The address of a document's page, at a version and a passage where they are given. */
export function documentPath(id: string, { version, passage, from }: { version?: string | undefined; passage?: Span; from?: number } = {}): string {
  const query = new URLSearchParams();
  if (version) query.set("version", version);
  for (const [name, value] of Object.entries(passage ?? {})) query.set(name, String(value));
  if (from !== undefined) query.set("from", String(from));
  return `/research/documents/${id}${query.size ? `?${query}` : ""}${passage ? "#passage" : ""}`;
}

/** The version in `doc_...@version`. */
export function versionOf(versionId: string): string {
  return versionId.split("@")[1] ?? "";
}

/** As much of a version's name as tells two of a document apart. */
export function shortVersion(versionId: string): string {
  return versionOf(versionId).slice(0, 6);
}

/** Returns the slice without half lines at its ends; where a passage is marked the whole of it stays. */
export function trimSlice(slice: Slice, totalCharacters: number, passage: Span | null): Slice {
  return trimEnd(trimStart(slice, passage), totalCharacters, passage);
}

function trimStart(slice: Slice, passage: Span | null): Slice {
  if (slice.start === 0 || slice.text.startsWith("\n")) return slice;
  const [head] = splitAt(slice.text, GIVEN_UP_CHARACTERS);
  const line = head.indexOf("\n") + 1;
  const start = slice.start + countCharacters(head.slice(0, line));
  if (line === 0 || (passage && passage.start < start)) return slice;
  return { ...slice, start, text: slice.text.slice(line) };
}

function trimEnd(slice: Slice, totalCharacters: number, passage: Span | null): Slice {
  if (slice.end >= totalCharacters) return slice;
  const earliest = slice.text.length - GIVEN_UP_CHARACTERS;
  const paragraph = slice.text.lastIndexOf("\n\n");
  const cut = paragraph >= earliest ? paragraph : slice.text.lastIndexOf("\n");
  if (cut < earliest) return slice;
  const end = slice.end - countCharacters(slice.text.slice(cut + 1));
  if (passage && passage.end > end && passage.start < end) return slice;
  return { ...slice, end, text: slice.text.slice(0, cut + 1) };
}
