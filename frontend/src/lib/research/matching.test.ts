import { expect, test } from "vitest";
import { markWords } from "./matching";

const marked = (text: string, query: string) => markWords(text, query).filter(({ matches }) => matches).map(({ text: word }) => word);

test.each([
  ["other endings of a word", "Orders were placed; it ordered more.", "What orders came?", ["Orders", "ordered"]],
  ["no common words", "The bank is what it was.", "what is the risk of it", []],
  ["numbers and names", "Lumina's revenue rose 4.5 % in 2025.", "Lumina 2025 revenue", ["Lumina's", "revenue", "2025"]],
  ["words of other languages", "Der Umsatz der Städte wuchs.", "städte UMSATZ", ["Umsatz", "Städte"]],
  ["no part of another word", "The carpet of the car.", "car", ["car"]],
])("marks %s", (_, text, query, expected) => {
  expect(marked(text, query)).toEqual(expected);
});

test("the pieces together are the text", () => {
  const text = "Orders, (orders)! and\n\n- orders.";
  expect(markWords(text, "orders").map(({ text: piece }) => piece).join("")).toBe(text);
});
