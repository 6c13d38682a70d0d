import { expect, test } from "vitest";
import { createFormat } from "@/lib/format/format";
import { limitsText, usageText } from "./quote";

const format = createFormat("en-US");
const usage = { requests: 1, input_tokens: 1000, output_tokens: 234, cached_input_tokens: 0, seconds: 300 };

test("what a plan uses is said in words", () => {
  expect(usageText({ ...usage, cost: { kind: "known", usd: "0.05" } }, format)).toBe("$0.0500, 1 model call, 1,234 tokens, 5 min");
});

test("a cost that is not known is not zero", () => {
  expect(usageText({ ...usage, cost: { kind: "unknown", reason: "no price" } }, format)).toContain("a cost that is not known");
});

test("only what is limited is named", () => {
  expect(limitsText({ usd: "1", tokens: null, turns: null, seconds: 90 }, format)).toBe("$1.00, 90 s");
  expect(limitsText({ usd: null, tokens: null, turns: null, seconds: null }, format)).toBe("");
});
