/** What is wrong with the form of a plan, field by field; the planner checks again. */
import type { PlanForm } from "@/lib/plans/form";
import { textLines } from "@/lib/plans/numbers";
import { readClass, sumOfTarget } from "@/lib/plans/request";

export type NumberField = keyof typeof NUMBERS;
/** By name of the field; those of a list are `incomes` and `oneOffs`. */
export type Problems = Partial<Record<keyof PlanForm, string>>;

interface Limits {
  min: number;
  max: number;
  whole?: boolean;
}

const MOST = 1e12;

/** From where to where the planner takes a number (its openapi.json). */
export const NUMBERS = {
  horizonYears: { min: 1, max: 60, whole: true },
  monthlyContribution: { min: 0, max: MOST },
  yearsToRetirement: { min: 0, max: 59, whole: true },
  annualSpending: { min: 0, max: MOST },
  holdings: { min: 0, max: 10, whole: true },
  maxPages: { min: 1, max: 30, whole: true },
  freshDays: { min: 0, max: 3650, whole: true },
  contributionGrowthPercent: { min: -20, max: 20 },
  feePercent: { min: 0, max: 10 },
  successPercent: { min: 50, max: 99.9 },
  seed: { min: 0, max: Number.MAX_SAFE_INTEGER, whole: true },
  bandPercent: { min: 0.1, max: 100 },
  costPercent: { min: 0, max: 100 },
  taxPercent: { min: 0, max: 100 },
  minimumTrade: { min: 0, max: MOST },
  riskFreePercent: { min: -50, max: 50 },
  historyYears: { min: 1, max: 20, whole: true },
  budgetUsd: { min: 0.0001, max: MOST },
  budgetTokens: { min: 1, max: Number.MAX_SAFE_INTEGER, whole: true },
  budgetTurns: { min: 1, max: Number.MAX_SAFE_INTEGER, whole: true },
  budgetMinutes: { min: 0.1, max: 100_000 },
} satisfies Partial<Record<keyof PlanForm, Limits>>;

const MAX_QUESTIONS = 5;

export function findProblems(form: PlanForm): Problems {
  const problems: Problems = {};
  for (const [field, limits] of Object.entries(NUMBERS) as [NumberField, Limits][]) {
    const problem = numberProblem(form[field], limits);
    if (problem) problems[field] = problem;
  }
  if (form.horizonYears === "") problems.horizonYears = "Say how many years to look ahead.";
  const years = Number(form.yearsToRetirement);
  if (form.yearsToRetirement && years >= Number(form.horizonYears)) problems.yearsToRetirement = "Retirement begins before the years looked ahead end.";
  if (form.annualSpending && !form.yearsToRetirement) problems.yearsToRetirement = "Say in how many years the spending begins; 0 is now.";
  const found: Problems = { target: targetProblem(form), questions: questionProblem(form.questions), sources: sourceProblem(form.sources), classes: classProblem(form.classes), baseCurrency: currencyProblem(form.baseCurrency), incomes: incomeProblem(form), oneOffs: oneOffProblem(form) } as Problems;
  for (const [field, problem] of Object.entries(found)) if (problem) problems[field as keyof PlanForm] = problem;
  return problems;
}

function numberProblem(text: string, { min, max, whole }: Limits): string | null {
  if (text === "") return null;
  const value = Number(text);
  if (!Number.isFinite(value)) return "This is no number.";
  if (whole && !Number.isInteger(value)) return "This must be a whole number.";
  if (value < min) return `At least ${min}.`;
  return value > max ? `At most ${max}.` : null;
}

function targetProblem(form: PlanForm): string | undefined {
  const total = sumOfTarget(form);
  if (total === null) return undefined;
  if (!Number.isFinite(total) || Object.values(form.target).some((text) => Number(text) < 0)) return "Each share of the target is a number from 0 to 100.";
  return Math.abs(total - 100) > 1e-6 ? `The target adds up to ${total} %; it must be 100 %, or all empty.` : undefined;
}

function questionProblem(text: string): string | undefined {
  const questions = textLines(text);
  if (questions.length > MAX_QUESTIONS) return "At most five questions.";
  return questions.some((question) => question.length < 3 || question.length > 300) ? "Each question has 3 to 300 characters." : undefined;
}

function sourceProblem(text: string): string | undefined {
  const sources = textLines(text);
  const wrong = sources.find((source) => !URL.canParse(source) || !/^https?:/.test(source));
  if (wrong) return `${wrong} is no web address.`;
  return sources.length > 20 ? "At most twenty pages." : undefined;
}

function classProblem(text: string): string | undefined {
  const wrong = textLines(text).find((line) => !readClass(line));
  return wrong && `"${wrong}" is not written as ACME=equity, with equity, bond, cash, real estate, commodity or other.`;
}

function currencyProblem(text: string): string | undefined {
  return text.trim() && !/^[a-z]{3}$/i.test(text.trim()) ? "Three letters, such as USD." : undefined;
}

function incomeProblem({ incomes, yearsToRetirement }: PlanForm): string | undefined {
  const wrong = incomes.find(({ amount, firstYear, lastYear }) => !(Number(amount) > 0) || !isYear(firstYear) || (lastYear !== "" && (!isYear(lastYear) || Number(lastYear) < Number(firstYear))));
  if (wrong) return `${wrong.label || "An income"} needs an amount above zero, a first year from 1 to 60, and a last year after it or none.`;
  return incomes.length && !yearsToRetirement ? "Incomes belong to a retirement: say in how many years it begins." : undefined;
}

function oneOffProblem({ oneOffs, yearsToRetirement }: PlanForm): string | undefined {
  const wrong = oneOffs.find(({ amount, year }) => !Number(amount) || !isYear(year));
  if (wrong) return `${wrong.label || "An amount"} needs an amount that is not zero, and a year from 1 to 60.`;
  return oneOffs.length && !yearsToRetirement ? "Single amounts belong to a retirement: say in how many years it begins." : undefined;
}

function isYear(text: string): boolean {
  const year = Number(text);
  return text !== "" && Number.isInteger(year) && year >= 1 && year <= 60;
}
