/** Goals that a plan tried, in words of the reader's locale. */
import type { PlannerTypes } from "@/lib/api/types";
import type { Format } from "@/lib/format/format";
import { percentToFraction } from "./numbers";

/** One goal that was changed: its figure, with the words around it, and the fact that it opens. */
export interface GoalTried {
  fact: string;
  before: string;
  text: string;
  after: string;
}

export function goalsTried({ id, change }: Pick<PlannerTypes["WhatIf"], "id" | "change">, currency: string, format: Format): GoalTried[] {
  const { annual_spending: spending, annual_contribution: contribution, years_to_retirement: years, fee_percent: fee } = change;
  const goals = [
    typeof spending === "string" && { fact: "annual_spending", before: "Spending", text: format.money(spending, currency, 0), after: "a year" },
    typeof contribution === "string" && { fact: "annual_contribution", before: "Paying in", text: format.money(contribution, currency, 0), after: "a year" },
    typeof years === "number" && { fact: "years", before: "Retiring in", text: format.number(years), after: years === 1 ? "year" : "years" },
    typeof fee === "string" && { fact: "fee", before: "Fees of", text: format.percent(percentToFraction(fee), 2), after: "a year" },
  ];
  return goals.filter((goal) => goal !== false).map((goal) => ({ ...goal, fact: `what_if.${id}.${goal.fact}` }));
}
