import { expect, test } from "vitest";
import { compareTexts } from "./comparing";

test("changed lines are told with a line around them", () => {
  const lines = Array.from({ length: 9 }, (_, index) => `line ${index}`);
  const parts = compareTexts(lines.join("\n"), lines.with(4, "line four").join("\n"));
  expect(parts).toEqual([
    { kind: "gap", text: "3" },
    { kind: "same", text: "line 3" },
    { kind: "removed", text: "line 4\n" },
    { kind: "added", text: "line four\n" },
    { kind: "same", text: "line 5" },
    { kind: "gap", text: "3" },
  ]);
});

test("the same text has no change", () => {
  expect(compareTexts("a\nb", "a\nb\n")?.some(({ kind }) => kind === "added" || kind === "removed")).toBe(false);
});
