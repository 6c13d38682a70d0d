/** What the form of a plan says, as the planner takes it. */
import type { PlannerTypes } from "@/lib/api/types";

export const CLASSES = ["equity", "bond", "cash", "real_estate", "commodity", "other"] as const;

type Goals = PlannerTypes["Goals-Input"];

export interface PlanForm {
  goal: string;
  horizonYears: string;
  monthlyContribution: string;
  yearsToRetirement: string;
  annualSpending: string;
  /** Percent by class; empty ones count as none. */
  target: Partial<Record<(typeof CLASSES)[number], string>>;
  /** One on each line. */
  questions: string;
  sources: string;
  holdings: string;
}

export type Problems = Partial<Record<keyof PlanForm, string>>;

/** Returns what is wrong, by field; the service checks again. */
export function findProblems(form: PlanForm): Problems {
  const problems: Problems = {};
  const total = sumOfTarget(form);
  if (total !== null && Math.abs(total - 100) > 1e-6) problems.target = `The target adds up to ${total} %; it must be 100 %, or all empty.`;
  if (form.annualSpending && !form.yearsToRetirement) problems.yearsToRetirement = "Say in how many years the spending begins; 0 is now.";
  const questions = lines(form.questions);
  if (questions.length > 5) problems.questions = "At most five questions.";
  if (questions.some((question) => question.length < 3 || question.length > 300)) problems.questions = "Each question has 3 to 300 characters.";
  const wrong = lines(form.sources).find((source) => !URL.canParse(source) || !/^https?:/.test(source));
  if (wrong) problems.sources = `${wrong} is no web address.`;
  return problems;
}

/** Returns the sum of the target in percent, null when none is stated. */
export function sumOfTarget({ target }: PlanForm): number | null {
  const given = Object.values(target).filter((text) => text !== "");
  return given.length ? Number(given.reduce((sum, text) => sum + Number(text), 0).toFixed(6)) : null;
}

/** Returns the body of `POST /runs`; what was left empty is left out, so that the planner's own defaults hold. */
export function toRequest(form: PlanForm, portfolioId: string) {
  const goals: Partial<Goals> = { text: form.goal.trim(), horizon_years: Number(form.horizonYears) };
  if (form.monthlyContribution) goals.monthly_contribution = form.monthlyContribution;
  if (form.yearsToRetirement) goals.years_to_retirement = Number(form.yearsToRetirement);
  if (form.annualSpending) goals.annual_spending = form.annualSpending;
  return {
    portfolio_id: portfolioId,
    goals,
    questions: lines(form.questions),
    target: sumOfTarget(form) === null ? null : toFractions(form.target),
    research: { holdings: Number(form.holdings), sources: lines(form.sources) },
  };
}

/** By moving the decimal point in the text: a float would turn 7 % into 0.07000000000000001. */
function toFractions(target: PlanForm["target"]): Record<string, string> {
  const given = Object.entries(target).filter(([, text]) => text && Number(text) > 0);
  return Object.fromEntries(given.map(([key, text]) => [key, (Number(text) / 100).toFixed(6).replace(/0+$/, "").replace(/\.$/, "")]));
}

function lines(text: string): string[] {
  return text.split("\n").map((line) => line.trim()).filter(Boolean);
}
