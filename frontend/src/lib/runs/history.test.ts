import { expect, test } from "vitest";
import type { RunPage, RunSummary } from "@/lib/api/types";
import { createFormat } from "@/lib/format/format";
import { costText, isOpen, nextRunsPath, runPath, shownRunsPath, unknownCosts, usedOf, withNewest, withOlder } from "./history";

const format = createFormat("en-US");
const known = (usd: string) => ({ kind: "known", usd }) as const;
const unknown = (reason: string) => ({ kind: "unknown", reason }) as const;
const usage = (part: object = {}) => ({ requests: 0, input_tokens: 0, cached_input_tokens: 0, output_tokens: 0, seconds: 0, cost: known("0"), ...part });
const receipt = (total: object = {}, own: object = {}) => ({ own: usage(own), delegated: usage(), delegated_runs: 0, total: usage(total) });

/** Run number `n` was begun in minute `n`. */
function run(number: number, part: Partial<RunSummary> = {}): RunSummary {
  const moment = `2026-11-28T08:${String(number).padStart(2, "0")}:00Z`;
  return { id: `run_${number}`, kind: "plan", status: "completed", subject: "p", model: "m", error: null, budget: {}, receipt: receipt(), created_at: moment, updated_at: moment, ...part };
}

const page = (numbers: number[], next: string | null = null): RunPage => ({ runs: numbers.map((number) => run(number)), next_before: next });
const ids = ({ runs }: RunPage) => runs.map(({ id }) => id);

test.each([
  [known("1.5"), "$1.50"],
  [known("0.0012"), "$0.0012"],
  [known("0"), "$0.00"],
  [unknown("no price"), null],
])("the cost of %o", (cost, text) => {
  expect(costText(cost, format)).toBe(text);
});

test("only what has not ended can be cancelled", () => {
  const states = ["queued", "running", "waiting", "completed", "partial", "failed", "cancelled"] as const;
  expect(states.filter((status) => isOpen({ status }))).toEqual(["queued", "running", "waiting"]);
});

test("the next page is asked for with the mark of the last one", () => {
  expect(nextRunsPath({ next_before: "a/b" })).toBe("/runs?limit=20&before=a%2Fb");
  expect(nextRunsPath({ next_before: null })).toBeNull();
});

test("what is shown is asked for anew, as far as one answer reaches", () => {
  expect(shownRunsPath(page([1]))).toBe("/runs?limit=20");
  expect(shownRunsPath({ runs: Array.from({ length: 260 }, (_, number) => run(number)), next_before: null })).toBe("/runs?limit=200");
});

test("older runs stand behind those that are shown, each once", () => {
  const shown = withOlder(page([5, 4], "run_4"), page([4, 3], "run_3"));
  expect([ids(shown), shown.next_before]).toEqual([["run_5", "run_4", "run_3"], "run_3"]);
});

test("newer runs and states replace what is shown, and what is older stays", () => {
  const shown = withNewest(page([5, 4, 3], "run_3"), { runs: [run(6), run(5, { status: "cancelled" })], next_before: "run_5" });
  expect(ids(shown)).toEqual(["run_6", "run_5", "run_4", "run_3"]);
  expect([shown.runs[1]?.status, shown.next_before]).toEqual(["cancelled", "run_3"]);
});

test("runs that are kept no longer go away", () => {
  expect(ids(withNewest(page([5, 4], null), page([], null)))).toEqual([]);
});

test("what was used stands beside the most that it may be; its own time is what its budget limits", () => {
  const bill = receipt({ requests: 7, input_tokens: 1200, output_tokens: 34, seconds: 90, cost: known("0.12") }, { seconds: 4.26 });
  expect(usedOf({ receipt: bill, budget: { tokens: 50_000, usd: "1", seconds: 60 } }, format)).toEqual([
    { name: "Time", used: "4.3 s", limit: "60 s" },
    { name: "Model calls", used: "7", limit: null },
    { name: "Tokens", used: "1,234", limit: "50,000" },
    { name: "Cost", used: "$0.12", limit: "$1.00" },
  ]);
});

test("each reason for an unknown cost is told once", () => {
  const bills = [unknown("no price"), known("1"), unknown("no price")].map((cost) => ({ receipt: receipt({ cost }) }));
  expect(unknownCosts(bills)).toEqual(["no price"]);
});

test("a plan and a piece of research have pages of their own", () => {
  expect([runPath({ id: "run_1", kind: "plan" }), runPath({ id: "run_1", kind: "research" })]).toEqual(["/plan/runs/run_1", "/research/runs/run_1"]);
});
