import { describe, expect, test } from "vitest";
import { chooseLocale, createFormat, words } from "./format";

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
