import { expect, test } from "vitest";
import { EMPTY_FOLLOW, findProblems, followRequest, researchRequest } from "./request";

const FORM = { ...EMPTY_FOLLOW, topic: "  Orders of Lumina ", symbols: "LUMI, VRWM", sources: "https://news.example/a\n\n https://news.example/b ", tokens: "5000", every: "PT1H" };

test("a form becomes the researcher's request", () => {
  expect(researchRequest(FORM)).toEqual({ topic: "Orders of Lumina", symbols: ["LUMI", "VRWM"], sources: ["https://news.example/a", "https://news.example/b"], max_pages: 6 });
  expect(followRequest(FORM)).toMatchObject({ every: "PT1H", budget: { tokens: 5_000 } });
  expect(followRequest({ ...FORM, tokens: "" })).not.toHaveProperty("budget");
  expect(findProblems(FORM)).toEqual({});
});

test.each([
  ["topic", { topic: " a " }],
  ["sources", { sources: "javascript:alert(1)" }],
  ["sources", { sources: "news.example" }],
  ["sources", { sources: "https://news.example\n".repeat(21) }],
  ["symbols", { symbols: "A ".repeat(21) }],
])("a wrong %s is named", (field, part) => {
  expect(Object.keys(findProblems({ ...FORM, ...part }))).toEqual([field]);
});
