import { describe, expect, test } from "vitest";
import { FigureFinder } from "./figures";

const FACTS = [
  { id: "total", formatted: "100,148.50 USD" },
  { id: "limit", formatted: "10.0 %" },
  { id: "fee", formatted: "10.0 %" },
  { id: "top", formatted: "5.0 %" },
  { id: "count", formatted: "7" },
  { id: "day", formatted: "2026-10-30" },
];
const links = (sentence: string, own: string[] = []) =>
  new FigureFinder(FACTS).cut(sentence, own).filter(({ facts }) => facts.length).map(({ text, facts }) => `${text}: ${facts.join(" ")}`);

describe("figures", () => {
  test("are found as they are written", () => {
    expect(links("It is worth 100,148.50 USD, as of 2026-10-30.")).toEqual(["100,148.50 USD: total", "2026-10-30: day"]);
  });

  test("are not found inside of other numbers", () => {
    expect(links("15.0 % and 5.0 % and 7 things")).toEqual(["5.0 %: top"]);
  });

  test("that read alike are all offered, unless the sentence is about one of them", () => {
    expect(links("at most 10.0 %")).toEqual(["10.0 %: limit fee"]);
    expect(links("at most 10.0 %", ["limit"])).toEqual(["10.0 %: limit"]);
  });

  test("leave the sentence as it was", () => {
    const sentence = "A total of 100,148.50 USD (10.0 %).";
    expect(new FigureFinder(FACTS).cut(sentence).map(({ text }) => text).join("")).toBe(sentence);
    expect(new FigureFinder([]).cut(sentence)).toEqual([{ text: sentence, facts: [] }]);
  });
});
