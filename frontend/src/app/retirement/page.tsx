import type { Metadata } from "next";
import { NoPortfolio } from "@/components/portfolio/no_portfolio";
import { RetirementExplorer } from "@/components/retirement/explorer";
import { PageHeader } from "@/components/shell/page_header";
import { PortfolioSwitch } from "@/components/shell/portfolio_switch";
import { ErrorState } from "@/components/ui/states";
import { choosePortfolio, loadNewestPlan } from "@/lib/api/planner";
import type { PlannerTypes } from "@/lib/api/types";
import { FIRST_WISHES, keptGoals, retirementRequest, wishesOfGoals } from "@/lib/retirement";
import { load } from "@/lib/server/call";
import { requestFormat } from "@/lib/format/server";

export const metadata: Metadata = { title: "Retirement" };

export default async function RetirementPage() {
  const chosen = await choosePortfolio();
  if (!chosen.ok) return <><PageHeader title="Retirement" /><ErrorState what="Your portfolios" error={chosen.error} /></>;
  const { portfolios, current } = chosen.data;
  if (!current) return <><PageHeader title="Retirement" /><NoPortfolio /></>;
  const plan = await loadNewestPlan(current);
  const wishes = plan ? wishesOfGoals(plan.goals) : FIRST_WISHES;
  const kept = plan ? keptGoals(plan.goals) : {};
  const first = await load<PlannerTypes["RetirementAnswer"]>("planner", "/retirement", retirementRequest(current.id, wishes, kept));
  const note = plan ? `Begins with the goals of your plan of ${(await requestFormat()).day(plan.generated_at)}; the ages are a guess.` : "Begins with a guess, since no plan says what you wish.";
  return (
    <>
      <PageHeader title="Retirement" note={current.name}>
        <PortfolioSwitch portfolios={portfolios} current={current.id} />
      </PageHeader>
      <RetirementExplorer key={current.id} portfolioId={current.id} firstWishes={wishes} first={first} kept={kept} note={note} />
    </>
  );
}
