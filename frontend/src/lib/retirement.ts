/** What a reader wishes for retirement, and the planner's call that answers it. */
import type { PlannerTypes } from "@/lib/api/types";

export interface Wishes {
  /** Years of age. */
  age: number;
  retireAt: number;
  lastsUntil: number;
  /** In the currency of the portfolio and today's money. */
  monthlySaving: number;
  yearlySpending: number;
}

export type Limits = Record<keyof Wishes, { min: number; max: number; step: number }>;

export const LIMITS: Limits = {
  age: { min: 18, max: 90, step: 1 },
  retireAt: { min: 18, max: 100, step: 1 },
  lastsUntil: { min: 19, max: 110, step: 1 },
  monthlySaving: { min: 0, max: 5_000, step: 50 },
  yearlySpending: { min: 1_000, max: 150_000, step: 1_000 },
};

const LONGEST_YEARS = 60;
/** Few enough that sliders answer at once; the standard error beside each chance says what that costs. */
const PATHS = 2_000;

/** What a reader who never made a plan begins with. */
export const FIRST_WISHES: Wishes = { age: 45, retireAt: 65, lastsUntil: 95, monthlySaving: 500, yearlySpending: 30_000 };

type PlanGoals = PlannerTypes["Goals-Output"];
/** What no slider changes: it is counted as a plan had it. */
export type KeptGoals = Partial<Pick<PlanGoals, "incomes" | "one_offs" | "fee_percent" | "target_success_percent" | "contribution_growth_percent" | "spending_timing">>;

/**
 * Returns the wishes that a plan was made with. A plan tells years, not ages: retirement is put at the usual age. The years
 * of a plan without retirement are no length of life.
 */
export function wishesOfGoals(goals: PlanGoals): Wishes {
  const { years_to_retirement: years = null } = goals;
  const wait = years ?? FIRST_WISHES.retireAt - FIRST_WISHES.age;
  const age = clamp(FIRST_WISHES.retireAt - wait, LIMITS.age);
  const saving = goals.monthly_contribution ?? Number(goals.annual_contribution ?? 0) / 12;
  return {
    age,
    retireAt: clamp(age + wait, LIMITS.retireAt),
    lastsUntil: years === null ? FIRST_WISHES.lastsUntil : clamp(age + Math.max(goals.horizon_years, wait + 1), LIMITS.lastsUntil),
    monthlySaving: Math.round(Number(saving)),
    yearlySpending: Math.round(Number(goals.annual_spending ?? FIRST_WISHES.yearlySpending)),
  };
}

export function keptGoals({ incomes, one_offs, fee_percent, target_success_percent, contribution_growth_percent, spending_timing }: PlanGoals): KeptGoals {
  return { incomes, one_offs, fee_percent, target_success_percent, contribution_growth_percent, spending_timing };
}

/** Returns the limits of the sliders, wide enough for what they begin with. */
export function limitsFor({ monthlySaving, yearlySpending }: Wishes): Limits {
  const wide = (limits: Limits[keyof Wishes], value: number) => ({ ...limits, min: Math.min(limits.min, value), max: Math.max(limits.max, 2 * value) });
  return { ...LIMITS, monthlySaving: wide(LIMITS.monthlySaving, monthlySaving), yearlySpending: wide(LIMITS.yearlySpending, yearlySpending) };
}

function clamp(value: number, { min, max }: Limits[keyof Wishes]): number {
  return Math.min(Math.max(value, min), max);
}

/** Changes one wish and moves the ages that it pushes: age now, age of retirement, age that the money lasts to. */
export function withWish(wishes: Wishes, name: keyof Wishes, value: number): Wishes {
  const next = { ...wishes, [name]: value };
  if (name === "lastsUntil") {
    next.lastsUntil = Math.max(value, next.age + 1);
    next.retireAt = Math.min(next.retireAt, next.lastsUntil - 1);
  }
  if (name === "retireAt") next.retireAt = Math.max(value, next.age);
  if (name === "age") next.retireAt = Math.max(next.retireAt, value);
  next.lastsUntil = Math.min(Math.max(next.lastsUntil, next.retireAt + 1), next.age + LONGEST_YEARS);
  next.retireAt = Math.min(next.retireAt, next.lastsUntil - 1);
  return next;
}

/** Returns the body of the planner's `POST /retirement`. */
export function retirementRequest(portfolioId: string, wishes: Wishes, kept: KeptGoals = {}) {
  return {
    portfolio_id: portfolioId,
    paths: PATHS,
    goals: {
      ...kept,
      monthly_contribution: wishes.monthlySaving,
      annual_spending: wishes.yearlySpending,
      years_to_retirement: wishes.retireAt - wishes.age,
      horizon_years: wishes.lastsUntil - wishes.age,
    },
  };
}

/** Levers, most effective first by their gain in chance averaged over the models that tell one. */
export function byGain(levers: PlannerTypes["Lever"][]): PlannerTypes["Lever"][] {
  return levers.toSorted((one, other) => meanGain(other) - meanGain(one));
}

function meanGain({ effects }: PlannerTypes["Lever"]): number {
  return effects.length ? effects.reduce((sum, { gain }) => sum + Number(gain), 0) / effects.length : -Infinity;
}
