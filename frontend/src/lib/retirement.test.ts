import { describe, expect, test } from "vitest";
import type { PlannerTypes } from "@/lib/api/types";
import { FIRST_WISHES, type Wishes, byGain, retirementRequest, withWish } from "./retirement";

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
