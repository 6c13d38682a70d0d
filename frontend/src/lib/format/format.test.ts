import { describe, expect, test } from "vitest";
import { chooseLocale, createFormat, sentence, words } from "./format";

const plain = (text: string) => text.replaceAll("\u00a0", " ");

describe("format", () => {
  test.each([
    ["en-US", "$1,234.50", "12.3%", "Mar 31, 2026"],
    ["de-DE", "1.234,50 $", "12,3 %", "31.03.2026"],
    ["de-CH", "$ 1’234.50", "12.3%", "31.03.2026"],
    ["fr-FR", "1 234,50 $US", "12,3 %", "31 mars 2026"],
  ])("%s", (locale, money, percent, day) => {
    const format = createFormat(locale);
    expect(plain(format.money("1234.5", "USD"))).toBe(money);
    expect(plain(format.percent("0.1234"))).toBe(percent);
    expect(format.day("2026-03-31")).toBe(day);
  });

  test("an amount beyond the precision of floats keeps its digits", () => {
    expect(createFormat("en-US").money("90071992547409931.37", "USD")).toBe("$90,071,992,547,409,931.37");
  });

  test("a currency that is none is left out rather than guessed", () => {
    expect(createFormat("en-US").money("5", null)).toBe("5.00");
  });

  test("a difference shows its sign", () => {
    expect(createFormat("en-US").points("0.052")).toBe("+5.2 pp");
    expect(createFormat("en-US").points("-0.01")).toBe("-1.0 pp");
  });

  test("what rounds to nothing has no sign", () => {
    const format = createFormat("en-US");
    expect([format.percent("-0.0001"), format.money("-0.004", "USD"), format.percent("-0.02")]).toEqual(["0.0%", "$0.00", "-2.0%"]);
  });

  test("one thing is not several", () => {
    const format = createFormat("de-DE");
    expect([format.count(1, "activity", "activities"), format.count(0, "row"), format.count(1500, "row")]).toEqual(["1 activity", "0 rows", "1.500 rows"]);
  });
});

describe("what a service wrote", () => {
  test.each([
    ["en-US", "worth 100,148.50 USD (25.7 %) on Oct 30, 2026."],
    ["de-DE", "worth 100.148,50 USD (25,7 %) on 30.10.2026."],
    ["de-CH", "worth 100’148.50 USD (25.7 %) on 30.10.2026."],
  ])("is read in %s", (locale, text) => {
    expect(createFormat(locale).prose("worth 100,148.50 USD (25.7 %) on 2026-10-30.")).toBe(text);
  });

  test.each(["in 2026, 7 of 12", "version 1.2.3", "0001234567-26-000012", "https://a.example/1.5/2026-10-30", "B2.5", "1,2 and 3"])("%s is no number to rewrite", (text) => {
    expect(createFormat("de-DE").prose(text)).toBe(text);
  });

  test("keeps its digits and signs", () => {
    expect(createFormat("de-DE").prose("-0.10 to +1,234,567.8900")).toBe("-0,10 to +1.234.567,8900");
  });

  test("becomes a sentence", () => {
    expect(["no price", "Is known.", ""].map(sentence)).toEqual(["No price.", "Is known.", ""]);
  });
});

test.each([
  ["de-CH,de;q=0.9,en;q=0.8", "de-CH"],
  ["en;q=0.1, fr-FR", "fr-FR"],
  ["xx-invalid-tag-!!, *;q=0.5", "en-US"],
  [null, "en-US"],
])("the locale of %s", (header, locale) => {
  expect(chooseLocale(header)).toBe(locale);
});

test("keys are shown as words", () => {
  expect(words("real_estate")).toBe("Real estate");
  expect(words("north_america")).toBe("North america");
});
