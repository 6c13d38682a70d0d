import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { SAMPLE_PORTFOLIO } from "./sample_portfolio";

test("the page offers the portfolio of the examples", async () => {
  expect(SAMPLE_PORTFOLIO).toBe(await readFile(new URL("../../../examples/portfolio.csv", import.meta.url), "utf-8"));
});
