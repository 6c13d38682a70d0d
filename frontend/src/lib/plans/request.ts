/** What the form of a plan says, as the planner takes it. */
import { type AssetClass, CLASSES, type PlanForm } from "@/lib/plans/form";
import { percentToFraction, textLines } from "@/lib/plans/numbers";

/** Returns the sum of the target in percent, null when none is stated. */
export function sumOfTarget({ target }: PlanForm): number | null {
  const given = Object.values(target).filter((text) => text !== "");
  return given.length ? Number(given.reduce((sum, text) => sum + Number(text), 0).toFixed(6)) : null;
}

/** Returns the body of `POST /runs`; what was left empty is left out, so that the planner's own defaults hold. */
export function toRequest(form: PlanForm, portfolioId: string) {
  return {
    portfolio_id: portfolioId,
    goals: goalsOf(form),
    questions: textLines(form.questions),
    target: sumOfTarget(form) === null ? null : toFractions(form.target),
    ...given({ band: fraction(form.bandPercent), seed: number(form.seed) }),
    research: { ...given({ holdings: number(form.holdings), max_pages: number(form.maxPages), freshness: form.freshDays && `P${Number(form.freshDays)}D` }), sources: textLines(form.sources) },
    analysis: analysisOf(form),
    budget: given({ usd: form.budgetUsd, tokens: number(form.budgetTokens), turns: number(form.budgetTurns), seconds: form.budgetMinutes && Number(form.budgetMinutes) * 60 }),
  };
}

function goalsOf(form: PlanForm) {
  return {
    text: form.goal.trim(),
    horizon_years: Number(form.horizonYears),
    ...given({
      monthly_contribution: form.monthlyContribution,
      years_to_retirement: number(form.yearsToRetirement),
      annual_spending: form.annualSpending,
      contribution_growth_percent: form.contributionGrowthPercent,
      fee_percent: form.feePercent,
      target_success_percent: form.successPercent,
      base_currency: form.baseCurrency.trim().toUpperCase(),
    }),
    ...(form.spendingTiming !== "spread" && { spending_timing: form.spendingTiming }),
    ...(form.incomes.length > 0 && { incomes: form.incomes.map((one) => ({ annual_amount: one.amount, first_year: Number(one.firstYear), indexed: one.indexed, ...given({ label: one.label.trim(), last_year: number(one.lastYear) }) })) }),
    ...(form.oneOffs.length > 0 && { one_offs: form.oneOffs.map((one) => ({ amount: one.amount, year: Number(one.year), ...given({ label: one.label.trim() }) })) }),
  };
}

function analysisOf(form: PlanForm) {
  return {
    ...given({
      cost_rate: fraction(form.costPercent),
      tax_rate: fraction(form.taxPercent),
      risk_free: fraction(form.riskFreePercent),
      minimum_trade: form.minimumTrade,
      benchmark: form.benchmark.trim(),
      history_years: number(form.historyYears),
      prices: form.prices,
    }),
    ...(form.online && { online: true }),
    ...(form.propose && { propose: true }),
    ...(form.classes.trim() && { classes: textLines(form.classes).map(toClass) }),
  };
}

/** Reads ACME=equity; null when it is written otherwise. */
export function readClass(line: string): { symbol: string; asset_class: AssetClass } | null {
  const [symbol = "", name = ""] = line.split("=").map((part) => part.trim());
  const asset_class = CLASSES.find((key) => key === name.toLowerCase().replaceAll(" ", "_"));
  return symbol && asset_class ? { symbol, asset_class } : null;
}

function toClass(line: string) {
  return readClass(line) ?? { symbol: line };
}

/** Leaves out what is empty. */
function given<T extends Record<string, unknown>>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== "" && value !== null)) as Partial<T>;
}

function number(text: string): number | null {
  return text === "" ? null : Number(text);
}

function fraction(percent: string): string | null {
  return percent === "" ? null : percentToFraction(percent);
}

function toFractions(target: PlanForm["target"]): Record<string, string> {
  const shares = Object.entries(target).filter(([, text]) => text && Number(text) > 0);
  return Object.fromEntries(shares.map(([key, text]) => [key, percentToFraction(text)]));
}
