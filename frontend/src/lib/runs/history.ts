/** The history of runs: what is told of each, what it used of its budget, and whether it can be stopped. */
import type { PlannerTypes, RunPage, RunStatus, RunSummary } from "@/lib/api/types";
import type { Format } from "@/lib/format/format";

type Cost = PlannerTypes["Usage"]["cost"];

const PAGE = 20;
/** The service gives no longer pages. */
const LONGEST_PAGE = 200;
const OPEN: readonly RunStatus[] = ["queued", "running", "waiting"];

export const RUNS_PATH = `/runs?limit=${PAGE}`;

export function isOpen({ status }: { status: RunStatus }): boolean {
  return OPEN.includes(status);
}

/** The address of the page after one, or null on the last one. */
export function nextRunsPath({ next_before: before }: Pick<RunPage, "next_before">): string | null {
  return before === null ? null : `${RUNS_PATH}&before=${encodeURIComponent(before)}`;
}

/** The address that asks anew for everything that is shown. */
export function shownRunsPath({ runs }: RunPage): string {
  return `/runs?limit=${Math.min(LONGEST_PAGE, Math.max(PAGE, runs.length))}`;
}

/** Returns what was shown with the runs of an older page behind it, each once. */
export function withOlder(shown: RunPage, older: RunPage): RunPage {
  const known = new Set(shown.runs.map(({ id }) => id));
  return { runs: [...shown.runs, ...older.runs.filter(({ id }) => !known.has(id))], next_before: older.next_before };
}

/** Returns what was shown as it is now: `newest` in front, and behind it what is older than that. */
export function withNewest(shown: RunPage, newest: RunPage): RunPage {
  const last = newest.runs.at(-1);
  const known = new Set(newest.runs.map(({ id }) => id));
  const older = last ? shown.runs.filter(({ id, created_at }) => !known.has(id) && created_at <= last.created_at) : [];
  return { runs: [...newest.runs, ...older], next_before: older.length ? shown.next_before : newest.next_before };
}

/** A cost in dollars, null when it is not known; small ones keep the digits that tell them from zero. */
export function costText(cost: Cost, format: Format): string | null {
  if (cost?.kind !== "known") return null;
  const usd = Number(cost.usd);
  return format.money(cost.usd, "USD", usd > 0 && usd < 0.01 ? 4 : 2);
}

/** Why costs of these runs are not known, each reason once. */
export function unknownCosts(runs: Pick<RunSummary, "receipt">[]): string[] {
  return [...new Set(runs.flatMap(({ receipt: { total } }) => (total.cost?.kind === "unknown" ? [total.cost.reason] : [])))];
}

export const USED_NAMES = ["Time", "Model calls", "Tokens", "Cost"] as const;

export interface Used {
  name: (typeof USED_NAMES)[number];
  used: string | null;
  /** The most that its budget allows, null without a limit. */
  limit: string | null;
}

export interface Bill {
  /** Of the run itself, and with the runs that it handed work to. */
  receipt: Pick<PlannerTypes["Receipt"], "own" | "total">;
  budget: RunSummary["budget"];
}

/** What a run used, beside what it may use at the most; runs that it handed work to are counted in all but the time. */
export function usedOf({ receipt: { own, total }, budget }: Bill, format: Format): Used[] {
  const limit = (value: number | null | undefined, show: (value: number) => string) => (value === null || value === undefined ? null : show(value));
  const seconds = (value: number) => `${format.number(value, value < 10 ? 1 : 0)} s`;
  return [
    { name: "Time", used: seconds(own.seconds), limit: limit(budget.seconds, seconds) },
    { name: "Model calls", used: format.number(total.requests), limit: limit(budget.turns, format.number) },
    { name: "Tokens", used: format.number(total.input_tokens + total.output_tokens), limit: limit(budget.tokens, format.number) },
    { name: "Cost", used: costText(total.cost, format), limit: budget.usd ? costText({ kind: "known", usd: budget.usd }, format) : null },
  ];
}

/** Where a run is followed: a plan's own page, or that of a piece of research. */
export function runPath({ id, kind }: Pick<RunSummary, "id" | "kind">): string {
  return `/${kind === "plan" ? "plan" : "research"}/runs/${encodeURIComponent(id)}`;
}
