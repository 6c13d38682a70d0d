import { describe, expect, test } from "vitest";
import { FIELDS, type Mapping, lacksPrice, mappingProblem, mappingQuery, proposedMapping } from "./mapping";

const MAPPING: Mapping = { columns: { Titel: "symbol", "Stück": "quantity", Rest: "" }, currency: "eur", decimal: "", dates: "" };

describe("a mapping of columns", () => {
  test("begins with what the headings propose", () => {
    const columns = [
      { heading: "Ticker", samples: ["A"], proposed: "symbol" as const },
      { heading: "Note", samples: [], proposed: null },
    ];
    expect(proposedMapping({ line: 1, rows: 1, columns }).columns).toEqual({ Ticker: "symbol", Note: "" });
  });

  test("becomes a query without what is left out", () => {
    const query = new URLSearchParams(mappingQuery({ ...MAPPING, decimal: "comma" }));
    expect(query.getAll("column")).toEqual(["symbol:Titel", "quantity:Stück"]);
    expect([query.get("currency"), query.get("decimal"), query.get("dates")]).toEqual(["EUR", "comma", null]);
  });

  test.each<[string, Partial<Mapping>, string | null]>([
    ["whole", {}, null],
    ["without a quantity", { columns: { Titel: "symbol" } }, "which column is the quantity"],
    ["without anything", { columns: {} }, "symbol or ticker, and which the quantity"],
    ["with two symbols", { columns: { A: "symbol", B: "symbol", C: "quantity" } }, "Two columns are the symbol"],
    ["without a currency", { currency: "" }, "currency"],
    ["with a column of currencies", { currency: "", columns: { ...MAPPING.columns, W: "currency" } }, null],
  ])("%s", (_, change, problem) => {
    const found = mappingProblem({ ...MAPPING, ...change });
    if (problem === null) expect(found).toBeNull();
    else expect(found).toContain(problem);
  });

  test("says that prices are missing", () => {
    expect([lacksPrice(MAPPING), lacksPrice({ ...MAPPING, columns: { ...MAPPING.columns, K: "price" } })]).toEqual([true, false]);
  });

  test("the fields that must be there stand first", () => {
    expect(FIELDS.slice(0, 2).map(({ field }) => field)).toEqual(["symbol", "quantity"]);
  });
});
