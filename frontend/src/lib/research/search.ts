/** A search as the address of its page says it, and as the vector store takes it. */
import type { Passage, VectorStoreTypes } from "@/lib/api/types";

export const MODES = { hybrid: "By meaning and words", vector: "By meaning alone", text: "By words alone" } as const;
export type Mode = keyof typeof MODES;

/** What sorts documents: those of the programs of Alex. `alex ingest` may bring others. */
export const KINDS: Record<string, string> = { page: "Web pages and files", figures: "Reported figures (SEC)", finding: "Findings of the researcher" };

const FEWEST_PASSAGES = 10;
export const MOST_PASSAGES = 50;

export interface Search {
  query: string;
  kind: string;
  mode: Mode;
  /** Days of publication, both included; empty where there is no bound. */
  from: string;
  to: string;
  limit: number;
}

type Parameters = Record<string, string | string[] | undefined>;

/** Returns the search that an address asks for; what it says wrongly is as if it said nothing. */
export function readSearch(parameters: Parameters): Search {
  const text = (name: string) => (typeof parameters[name] === "string" ? parameters[name].trim() : "");
  const day = (name: string) => (isDay(text(name)) ? text(name) : "");
  const limit = Number(text("limit"));
  return {
    query: text("q").slice(0, 2000),
    kind: /^[a-z0-9_-]{1,40}$/.test(text("kind")) ? text("kind") : "",
    mode: text("mode") in MODES ? (text("mode") as Mode) : "hybrid",
    from: day("from"),
    to: day("to"),
    limit: Number.isInteger(limit) && limit >= FEWEST_PASSAGES ? Math.min(limit, MOST_PASSAGES) : FEWEST_PASSAGES,
  };
}

export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
}

export function searchPath(search: Search): string {
  const { query, kind, mode, from, to, limit } = search;
  const parameters = new URLSearchParams({ q: query });
  const others = { kind, mode: mode === "hybrid" ? "" : mode, from, to, limit: limit === FEWEST_PASSAGES ? "" : String(limit) };
  for (const [name, value] of Object.entries(others)) if (value) parameters.set(name, value);
  return `/research?${parameters}`;
}

export function isNarrowed({ kind, mode, from, to }: Search): boolean {
  return Boolean(kind || from || to) || mode !== "hybrid";
}

/** Returns the body of the vector store's `POST /search`. */
export function searchRequest({ query, kind, mode, from, to, limit }: Search): VectorStoreTypes["SearchRequest"] {
  return {
    query,
    mode,
    limit,
    ...(kind && { kind }),
    ...(from && { published_after: from }),
    ...(to && { published_before: nextDay(to) }),
  };
}

/** Passages of one document; there is at least one. */
export type DocumentPassages = [Passage, ...Passage[]];

/** Returns the passages by their documents, each where its best one stands. */
export function groupPassages(passages: Passage[]): DocumentPassages[] {
  const groups = new Map<string, DocumentPassages>();
  for (const passage of passages) {
    const group = groups.get(passage.version_id);
    if (group) group.push(passage);
    else groups.set(passage.version_id, [passage]);
  }
  return [...groups.values()];
}

function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
