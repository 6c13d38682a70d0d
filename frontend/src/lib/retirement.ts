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

export const FIRST_WISHES: Wishes = { age: 45, retireAt: 65, lastsUntil: 95, monthlySaving: 500, yearlySpending: 30_000 };

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
export function retirementRequest(portfolioId: string, wishes: Wishes) {
  return {
    portfolio_id: portfolioId,
    paths: PATHS,
    goals: {
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
