import { describe, expect, test } from "vitest";
import { countCharacters, cutOut, splitAt } from "./text_places";

describe("places in stored texts", () => {
  test("are counted in characters, not in UTF-16 units", () => {
    expect(splitAt("a📈b", 2)).toEqual(["a📈", "b"]);
    expect(countCharacters("a📈b")).toBe(3);
    expect(cutOut("📈 up 5 % 📉", 100, { start: 102, end: 108 })).toEqual({ before: "📈 ", inside: "up 5 %", after: " 📉" });
  });

  test.each([
    ["begins before the text", { start: 5, end: 12 }, { before: "", inside: "ab", after: "cd" }],
    ["ends behind it", { start: 12, end: 99 }, { before: "ab", inside: "cd", after: "" }],
    ["is elsewhere", { start: 50, end: 60 }, { before: "abcd", inside: "", after: "" }],
  ])("a span that %s is cut to it", (_, span, expected) => {
    expect(cutOut("abcd", 10, span)).toEqual(expected);
  });
});
