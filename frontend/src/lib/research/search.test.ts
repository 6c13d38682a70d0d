import { describe, expect, test } from "vitest";
import type { Passage } from "@/lib/api/types";
import { groupPassages, readSearch, searchPath, searchRequest } from "./search";

const FULL = { query: "orders & risks", kind: "page", mode: "text", from: "2026-01-01", to: "2026-02-28", limit: 50 } as const;

describe("a search", () => {
  test("is its address, and is read from it again", () => {
    const address = new URL(searchPath(FULL), "http://page");
    expect(readSearch(Object.fromEntries(address.searchParams))).toEqual({ ...FULL, query: "orders & risks" });
    expect(searchPath(readSearch({ q: "x" }))).toBe("/research?q=x");
  });

  test("asks the vector store with both days included", () => {
    expect(searchRequest(FULL)).toEqual({ query: "orders & risks", mode: "text", limit: 50, kind: "page", published_after: "2026-01-01", published_before: "2026-03-01" });
    expect(searchRequest(readSearch({ q: "x" }))).toEqual({ query: "x", mode: "hybrid", limit: 10 });
  });

  test("what an address says wrongly is as if it said nothing", () => {
    const wrong = { q: ["a", "b"], kind: "No Kind", mode: "magic", from: "2026-13-40", to: "soon", limit: "9999999999" };
    expect(readSearch(wrong)).toEqual({ query: "", kind: "", mode: "hybrid", from: "", to: "", limit: 50 });
  });
});

test("passages stand with the best one of their document", () => {
  const found = ["a", "b", "a", "c", "b"].map((version_id, chunk) => ({ version_id, chunk }) as Passage);
  expect(groupPassages(found).map((group) => group.map(({ version_id, chunk }) => `${version_id}${chunk}`).join(" "))).toEqual(["a0 a2", "b1 b4", "c3"]);
});
