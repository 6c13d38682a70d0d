import { describe, expect, test } from "vitest";
import type { PositionValue } from "@/lib/api/types";
import { type Holding, called, filterHoldings, sortHoldings, toHolding } from "./holdings";

const holding = (symbol: string, value: string | null): Holding => ({
  symbol,
  value,
  name: `${symbol} Fund`,
  account: "Brokerage",
  assetClass: "equity",
  quantity: "1",
  price: value,
  currency: "USD",
  priceDate: null,
  priceState: value ? "current" : "missing",
  share: null,
  cost: null,
  gain: null,
  gainShare: null,
});
const symbols = (holdings: Holding[]) => holdings.map(({ symbol }) => symbol).join(" ");

describe("holdings", () => {
  const some = [holding("B", "9"), holding("A", null), holding("C", "10"), holding("D", "9")];

  test("are sorted by number, not by text, and a missing value comes last both ways", () => {
    expect(symbols(sortHoldings(some, { key: "value", descending: true }, "en"))).toBe("C B D A");
    expect(symbols(sortHoldings(some, { key: "value", descending: false }, "en"))).toBe("B D C A");
  });

  test("are sorted by symbol in the order of the locale", () => {
    const named = [holding("Z", "1"), holding("ä", "1"), holding("a", "1")];
    expect(symbols(sortHoldings(named, { key: "symbol", descending: false }, "de"))).toBe("a ä Z");
  });

  test("have their gain as a part of their cost, and none of what cost nothing or is not known", () => {
    const position = (cost: string | null, gain: string | null) => toHolding({ cost, gain } as PositionValue).gainShare;
    expect([position("200", "50"), position("0", "50"), position(null, null)]).toEqual([0.25, null, null]);
  });

  test("are called by their name where the symbol is a number of a register", () => {
    const names = [["US0231351067", "Amazon"], ["AMZN", "Amazon"], ["IE00B4L5Y983", null], ["037833100", "Apple"]] as const;
    expect(names.map(([symbol, name]) => called({ symbol, name }))).toEqual(["Amazon", "AMZN", "IE00B4L5Y983", "Apple"]);
  });

  test("are found by all words of symbol, name and account", () => {
    expect(symbols(filterHoldings(some, "fund c brok"))).toBe("C");
    expect(filterHoldings(some, " ")).toHaveLength(4);
  });
});
