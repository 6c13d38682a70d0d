/** What a run uses, in words. */
import type { PlannerTypes } from "@/lib/api/types";
import type { Format } from "@/lib/format/format";

type Usage = PlannerTypes["Usage"];
type Budget = PlannerTypes["Budget-Output"];

const MINUTE_SECONDS = 60;
/** Below this, two digits would read as nothing. */
const SMALL_USD = 0.1;

export function usageText({ requests, input_tokens, output_tokens, seconds, cost }: Usage, format: Format): string {
  const price = cost?.kind === "known" ? format.money(cost.usd, "USD", Number(cost.usd) > 0 && Number(cost.usd) < SMALL_USD ? 4 : 2) : "a cost that is not known";
  return `${price}, ${many(requests, "model call", format)}, ${many(input_tokens + output_tokens, "token", format)}, ${timeText(seconds, format)}`;
}

/** Returns the limits of a budget; empty when nothing is limited. */
export function limitsText({ usd, tokens, turns, seconds }: Budget, format: Format): string {
  const limits = [
    usd && format.money(usd, "USD"),
    tokens && many(tokens, "token", format),
    turns && many(turns, "model call", format),
    seconds && timeText(seconds, format),
  ];
  return limits.filter(Boolean).join(", ");
}

function timeText(seconds: number, format: Format): string {
  return seconds < 2 * MINUTE_SECONDS ? `${format.number(seconds)} s` : `${format.number(seconds / MINUTE_SECONDS)} min`;
}

function many(count: number, what: string, format: Format): string {
  return `${format.number(count)} ${what}${count === 1 ? "" : "s"}`;
}
