import { describe, expect, test } from "vitest";
import { type PlanForm, findProblems, toRequest } from "./request";

const FORM: PlanForm = { goal: " A house ", horizonYears: "20", monthlyContribution: "", yearsToRetirement: "", annualSpending: "", target: {}, questions: "", sources: "", holdings: "2" };

describe("a plan's form", () => {
  test("leaves out what is empty", () => {
    expect(toRequest(FORM, "pf_1")).toEqual({
      portfolio_id: "pf_1",
      goals: { text: "A house", horizon_years: 20 },
      questions: [],
      target: null,
      research: { holdings: 2, sources: [] },
    });
  });

  test("sends percentages as exact fractions", () => {
    const { target } = toRequest({ ...FORM, target: { equity: "93", bond: "7", cash: "0", other: "" } }, "pf_1");
    expect(target).toEqual({ equity: "0.93", bond: "0.07" });
  });

  test("takes each line as one", () => {
    expect(toRequest({ ...FORM, questions: "Is it safe?\n\n And cheap? " }, "x").questions).toEqual(["Is it safe?", "And cheap?"]);
  });

  test.each([
    ["a target that is not whole", { target: { equity: "60" } }, "target"],
    ["spending without a beginning", { annualSpending: "1000" }, "yearsToRetirement"],
    ["too many questions", { questions: "why?\n".repeat(6) }, "questions"],
    ["an address that is none", { sources: "not a page" }, "sources"],
    ["an address of another kind", { sources: "javascript:alert(1)" }, "sources"],
  ])("%s is named", (_, change, field) => {
    expect(Object.keys(findProblems({ ...FORM, ...change }))).toEqual([field]);
  });

  test("a target of 33.3, 33.3 and 33.4 is whole", () => {
    expect(findProblems({ ...FORM, target: { equity: "33.3", bond: "33.3", cash: "33.4" } })).toEqual({});
  });
});
