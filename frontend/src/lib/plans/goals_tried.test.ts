import { expect, test } from "vitest";
import { createFormat } from "@/lib/format/format";
import { goalsTried } from "./goals_tried";

const tried = (locale: string, change: Parameters<typeof goalsTried>[0]["change"]) => goalsTried({ id: "ab12", change }, "EUR", createFormat(locale));
const read = (locale: string, change: Parameters<typeof goalsTried>[0]["change"]) =>
  tried(locale, change).map(({ before, text, after }) => `${before} ${text} ${after}`.replaceAll("\u00a0", " "));

test("goals that were tried are read in the reader's locale", () => {
  expect(read("de-DE", { annual_spending: "32400", annual_contribution: "0", fee_percent: "0.07" })).toEqual(["Spending 32.400 € a year", "Paying in 0 € a year", "Fees of 0,07 % a year"]);
  expect(read("en-US", { years_to_retirement: 1 })).toEqual(["Retiring in 1 year"]);
});

test("each opens its fact, and what stays as it is is left out", () => {
  const facts = tried("en-US", { annual_spending: null, years_to_retirement: 0, fee_percent: "1" }).map(({ fact }) => fact);
  expect(facts).toEqual(["what_if.ab12.years", "what_if.ab12.fee"]);
});
