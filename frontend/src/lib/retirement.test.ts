import { describe, expect, test } from "vitest";
import type { PlannerTypes } from "@/lib/api/types";
import { FIRST_WISHES, LIMITS, type Wishes, byGain, keptGoals, limitsFor, retirementRequest, wishesOfGoals, withWish } from "./retirement";

describe("the ages stay in order", () => {
  test.each<[keyof Wishes, number, [number, number, number]]>([
    ["retireAt", 70, [45, 70, 95]],
    ["retireAt", 30, [45, 45, 95]],
    ["retireAt", 100, [45, 100, 101]],
    ["age", 80, [80, 80, 95]],
    ["age", 18, [18, 65, 78]],
    ["lastsUntil", 60, [45, 59, 60]],
    ["lastsUntil", 20, [45, 45, 46]],
    ["lastsUntil", 110, [45, 65, 105]],
  ])("%s %d", (name, value, [age, retireAt, lastsUntil]) => {
    expect(withWish(FIRST_WISHES, name, value)).toMatchObject({ age, retireAt, lastsUntil });
  });
});

test("ages become years from now", () => {
  expect(retirementRequest("p", FIRST_WISHES).goals).toEqual({
    monthly_contribution: 500,
    annual_spending: 30_000,
    years_to_retirement: 20,
    horizon_years: 50,
  });
});

test("the lever that gains most comes first", () => {
  const lever = (kind: string, ...gains: string[]) => ({ kind, step: "1", effects: gains.map((gain) => ({ model: "log_normal", success: "0.5", gain, needed: null })) }) as PlannerTypes["Lever"];
  expect(byGain([lever("save_more", "0.01", "0.02"), lever("retire_later", "0.10", "0.05"), lever("spend_less")]).map(({ kind }) => kind)).toEqual(["retire_later", "save_more", "spend_less"]);
});

describe("the wishes of a plan", () => {
  const goals = { horizon_years: 40, years_to_retirement: 15, annual_spending: "40000", monthly_contribution: "800", annual_contribution: null, incomes: [], one_offs: [], fee_percent: "0.5" } as unknown as PlannerTypes["Goals-Output"];

  test("are put at the usual age of retirement", () => {
    expect(wishesOfGoals(goals)).toEqual({ age: 50, retireAt: 65, lastsUntil: 90, monthlySaving: 800, yearlySpending: 40_000 });
  });

  test("send back the years that they were made of", () => {
    const { goals: sent } = retirementRequest("p", wishesOfGoals(goals), keptGoals(goals));
    expect(sent).toMatchObject({ horizon_years: 40, years_to_retirement: 15, fee_percent: "0.5" });
  });

  test.each([
    ["without a retirement", { years_to_retirement: null, annual_spending: null }, { age: 45, retireAt: 65, lastsUntil: 95, yearlySpending: 30_000 }],
    ["by the year", { monthly_contribution: null, annual_contribution: "1200" }, { monthlySaving: 100 }],
    ["of somebody retired", { years_to_retirement: 0, horizon_years: 30 }, { age: 65, retireAt: 65, lastsUntil: 95 }],
    ["of somebody very young", { years_to_retirement: 55, horizon_years: 60 }, { age: 18, retireAt: 73, lastsUntil: 78 }],
  ])("%s", (_, change, expected) => {
    expect(wishesOfGoals({ ...goals, ...change } as typeof goals)).toMatchObject(expected);
  });

  test("widen the sliders that they would not fit in", () => {
    const limits = limitsFor({ ...FIRST_WISHES, monthlySaving: 8_000 });
    expect([limits.monthlySaving.max, limits.yearlySpending.max]).toEqual([16_000, LIMITS.yearlySpending.max]);
  });
});
