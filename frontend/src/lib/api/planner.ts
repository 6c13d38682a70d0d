import "server-only";
import { cookies } from "next/headers";
import type { Result } from "@/lib/api/errors";
import type { Analysis, PlannerTypes, PortfolioSummary } from "@/lib/api/types";
import { load } from "@/lib/server/call";

/** The snapshot that pages are about, and those that there are; `current` is null when there is none yet. */
export interface Chosen {
  portfolios: PortfolioSummary[];
  current: PortfolioSummary | null;
}

/** Returns the snapshot that the reader chose, else the newest one. */
export async function choosePortfolio(): Promise<Result<Chosen>> {
  const wanted = (await cookies()).get("alex-portfolio")?.value;
  const answer = await load<PlannerTypes["PortfolioList"]>("planner", "/portfolios");
  if (!answer.ok) return answer;
  const portfolios = answer.data.portfolios.toSorted((one, other) => other.created_at.localeCompare(one.created_at));
  return { ok: true, data: { portfolios, current: portfolios.find(({ id }) => id === wanted) ?? portfolios[0] ?? null } };
}

/** Every figure of a snapshot; with a target also the drift against it. */
export function loadAnalysis(id: string, request: Partial<PlannerTypes["AnalysisRequest"]> = {}): Promise<Result<Analysis>> {
  return load("planner", `/portfolios/${encodeURIComponent(id)}/analysis`, request);
}

export function loadPlans(portfolioId?: string): Promise<Result<PlannerTypes["PlanPage"]>> {
  return load("planner", `/plans?limit=20${portfolioId ? `&portfolio_id=${encodeURIComponent(portfolioId)}` : ""}`);
}

export function loadPlan(id: string): Promise<Result<PlannerTypes["Plan"]>> {
  return load("planner", `/plans/${encodeURIComponent(id)}`);
}

/** The newest plan of a snapshot, else of another one of its name; null when there is none, or it cannot be had. */
export async function loadNewestPlan({ id, name }: Pick<PortfolioSummary, "id" | "name">): Promise<PlannerTypes["Plan"] | null> {
  const own = await loadPlans(id);
  const other = own.ok && own.data.plans.length ? own : await loadPlans();
  const newest = other.ok ? other.data.plans.find((plan) => plan.portfolio_id === id || plan.portfolio_name === name) : undefined;
  const plan = newest && (await loadPlan(newest.id));
  return plan?.ok ? plan.data : null;
}

export function loadFacts(planId: string): Promise<Result<PlannerTypes["FactList"]>> {
  return load("planner", `/plans/${encodeURIComponent(planId)}/facts`);
}
