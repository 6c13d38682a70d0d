/** What the form of a plan holds: texts as they are typed, so that nothing is changed under the hand. */
import type { Plan } from "@/lib/api/types";

export const CLASSES = ["equity", "bond", "cash", "real_estate", "commodity", "other"] as const;
export type AssetClass = (typeof CLASSES)[number];

/** Something received each year beside the portfolio. */
export interface Income {
  label: string;
  amount: string;
  firstYear: string;
  lastYear: string;
  indexed: boolean;
}

/** A single amount; negative is paid. */
export interface OneOff {
  label: string;
  amount: string;
  year: string;
}

export interface PlanForm {
  goal: string;
  horizonYears: string;
  monthlyContribution: string;
  yearsToRetirement: string;
  annualSpending: string;
  /** Percent by class; empty ones count as none. */
  target: Partial<Record<AssetClass, string>>;
  /** One on each line. */
  questions: string;
  sources: string;
  holdings: string;
  maxPages: string;
  freshDays: string;
  incomes: Income[];
  oneOffs: OneOff[];
  contributionGrowthPercent: string;
  feePercent: string;
  successPercent: string;
  spendingTiming: "start" | "spread" | "end";
  seed: string;
  baseCurrency: string;
  bandPercent: string;
  costPercent: string;
  taxPercent: string;
  minimumTrade: string;
  riskFreePercent: string;
  benchmark: string;
  historyYears: string;
  /** Text of a CSV of prices; empty for none. */
  prices: string;
  pricesName: string;
  /** One on each line, as ACME=equity. */
  classes: string;
  online: boolean;
  propose: boolean;
  budgetUsd: string;
  budgetTokens: string;
  budgetTurns: string;
  budgetMinutes: string;
}

/** What a newcomer finds: the planner's own defaults. */
export const EMPTY_FORM: PlanForm = {
  goal: "",
  horizonYears: "20",
  monthlyContribution: "",
  yearsToRetirement: "",
  annualSpending: "",
  target: {},
  questions: "",
  sources: "",
  holdings: "2",
  maxPages: "6",
  freshDays: "1",
  incomes: [],
  oneOffs: [],
  contributionGrowthPercent: "",
  feePercent: "",
  successPercent: "90",
  spendingTiming: "spread",
  seed: "",
  baseCurrency: "",
  bandPercent: "5",
  costPercent: "",
  taxPercent: "",
  minimumTrade: "",
  riskFreePercent: "",
  benchmark: "",
  historyYears: "3",
  prices: "",
  pricesName: "",
  classes: "",
  online: false,
  propose: false,
  budgetUsd: "",
  budgetTokens: "",
  budgetTurns: "",
  budgetMinutes: "",
};

/** Returns the form as it was for a plan: what its owner said then is mostly still so. */
export function formOfPlan({ goals, target, questions }: Pick<Plan, "goals" | "target" | "questions">): PlanForm {
  return {
    ...EMPTY_FORM,
    goal: goals.text,
    horizonYears: String(goals.horizon_years),
    monthlyContribution: monthly(goals),
    yearsToRetirement: String(goals.years_to_retirement ?? ""),
    annualSpending: goals.annual_spending ?? "",
    target: Object.fromEntries(Object.entries(target ?? {}).map(([key, share]) => [key, plain(Number(share) * 100)])),
    questions: questions.join("\n"),
    incomes: goals.incomes.map((one) => ({ label: one.label, amount: one.annual_amount, firstYear: String(one.first_year), lastYear: String(one.last_year ?? ""), indexed: one.indexed })),
    oneOffs: goals.one_offs.map((one) => ({ label: one.label, amount: one.amount, year: String(one.year) })),
    contributionGrowthPercent: unlessZero(goals.contribution_growth_percent),
    feePercent: unlessZero(goals.fee_percent),
    successPercent: plain(Number(goals.target_success_percent)),
    spendingTiming: goals.spending_timing,
    baseCurrency: goals.base_currency ?? "",
  };
}

function monthly(goals: Plan["goals"]): string {
  if (typeof goals.monthly_contribution === "string") return unlessZero(goals.monthly_contribution);
  return unlessZero(plain(Number(goals.annual_contribution ?? 0) / 12));
}

function unlessZero(text: string): string {
  return Number(text) === 0 ? "" : text;
}

/** A number as it is typed, without what a float adds. */
function plain(value: number): string {
  return String(Number(value.toFixed(6)));
}
