import { describe, expect, test } from "vitest";
import { EMPTY_FORM, type PlanForm, formOfPlan } from "./form";
import { findProblems } from "./problems";
import { toRequest } from "./request";

const DEFAULTS = { band: "0.05", research: { holdings: 2, max_pages: 6, freshness: "P1D", sources: [] }, analysis: { history_years: 3 }, budget: {} };

describe("a plan's form", () => {
  test("leaves out what is empty", () => {
    expect(toRequest({ ...EMPTY_FORM, goal: " A house " }, "pf_1")).toEqual({
      ...DEFAULTS,
      portfolio_id: "pf_1",
      goals: { text: "A house", horizon_years: 20, target_success_percent: "90" },
      questions: [],
      target: null,
    });
  });

  test("sends percentages as exact fractions", () => {
    const { target, band, analysis } = toRequest({ ...EMPTY_FORM, target: { equity: "93", bond: "7", cash: "0", other: "" }, bandPercent: "7", costPercent: "0.07" }, "pf_1");
    expect(target).toEqual({ equity: "0.93", bond: "0.07" });
    expect([band, analysis.cost_rate]).toEqual(["0.07", "0.0007"]);
  });

  test("takes each line as one", () => {
    expect(toRequest({ ...EMPTY_FORM, questions: "Is it safe?\n\n And cheap? " }, "x").questions).toEqual(["Is it safe?", "And cheap?"]);
  });

  test("sends everything that the planner takes of a retirement, an analysis and a budget", () => {
    const form: PlanForm = {
      ...EMPTY_FORM,
      yearsToRetirement: "0",
      annualSpending: "30000",
      incomes: [{ label: "Pension", amount: "12000", firstYear: "5", lastYear: "", indexed: false }],
      oneOffs: [{ label: "", amount: "-20000", year: "4" }],
      spendingTiming: "start",
      seed: "7",
      taxPercent: "25",
      classes: "acme = Real estate",
      online: true,
      prices: "date,symbol,price,currency\n",
      budgetUsd: "0.5",
      budgetMinutes: "2",
    };
    const { goals, analysis, budget, seed } = toRequest(form, "x");
    expect(goals).toMatchObject({ years_to_retirement: 0, spending_timing: "start", incomes: [{ label: "Pension", annual_amount: "12000", first_year: 5, indexed: false }], one_offs: [{ amount: "-20000", year: 4 }] });
    expect(analysis).toEqual({ history_years: 3, tax_rate: "0.25", prices: "date,symbol,price,currency\n", online: true, classes: [{ symbol: "acme", asset_class: "real_estate" }] });
    expect([budget, seed]).toEqual([{ usd: "0.5", seconds: 120 }, 7]);
  });

  test.each<[string, Partial<PlanForm>, keyof PlanForm]>([
    ["a target that is not whole", { target: { equity: "60" } }, "target"],
    ["a negative share", { target: { equity: "110", bond: "-10" } }, "target"],
    ["spending without a beginning", { annualSpending: "1000" }, "yearsToRetirement"],
    ["a retirement after the end", { yearsToRetirement: "20" }, "yearsToRetirement"],
    ["too many questions", { questions: "why?\n".repeat(6) }, "questions"],
    ["an address that is none", { sources: "not a page" }, "sources"],
    ["an address of another kind", { sources: "javascript:alert(1)" }, "sources"],
    ["no horizon", { horizonYears: "" }, "horizonYears"],
    ["half a year", { horizonYears: "10.5" }, "horizonYears"],
    ["more than all", { taxPercent: "101" }, "taxPercent"],
    ["a class that is none", { classes: "ACME=shares of mine" }, "classes"],
    ["an income without an amount", { yearsToRetirement: "1", incomes: [{ label: "", amount: "", firstYear: "1", lastYear: "", indexed: true }] }, "incomes"],
    ["an income that ends before it begins", { yearsToRetirement: "1", incomes: [{ label: "", amount: "1", firstYear: "5", lastYear: "4", indexed: true }] }, "incomes"],
    ["a single amount without a retirement", { oneOffs: [{ label: "", amount: "1", year: "1" }] }, "oneOffs"],
    ["a budget of nothing", { budgetUsd: "0" }, "budgetUsd"],
  ])("%s is named", (_, change, field) => {
    expect(Object.keys(findProblems({ ...EMPTY_FORM, ...change }))).toEqual([field]);
  });

  test("a target of 33.3, 33.3 and 33.4 is whole", () => {
    expect(findProblems({ ...EMPTY_FORM, target: { equity: "33.3", bond: "33.3", cash: "33.4" } })).toEqual({});
  });

  test("is filled in as for the plan before", () => {
    const goals = {
      text: "Rest", horizon_years: 40, monthly_contribution: null, annual_contribution: "9600", contribution_growth_percent: "0", base_currency: null, years_to_retirement: 15, annual_spending: "40000",
      incomes: [{ label: "Pension", annual_amount: "12000", first_year: 5, last_year: null, indexed: true }], one_offs: [], fee_percent: "0.5", spending_timing: "end" as const, target_success_percent: "90.0",
    };
    const form = formOfPlan({ goals, target: { equity: "0.93", bond: "0.07" }, questions: ["Why?"] } as unknown as Parameters<typeof formOfPlan>[0]);
    expect(form).toMatchObject({ monthlyContribution: "800", feePercent: "0.5", successPercent: "90", target: { equity: "93", bond: "7" }, spendingTiming: "end" });
    expect(findProblems(form)).toEqual({});
  });
});
