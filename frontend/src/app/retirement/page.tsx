import type { Metadata } from "next";
import { NoPortfolio } from "@/components/portfolio/no_portfolio";
import { RetirementExplorer } from "@/components/retirement/explorer";
import { PageHeader } from "@/components/shell/page_header";
import { PortfolioSwitch } from "@/components/shell/portfolio_switch";
import { ErrorState } from "@/components/ui/states";
import { choosePortfolio } from "@/lib/api/planner";
import type { PlannerTypes } from "@/lib/api/types";
import { FIRST_WISHES, retirementRequest } from "@/lib/retirement";
import { load } from "@/lib/server/call";

export const metadata: Metadata = { title: "Retirement" };

export default async function RetirementPage() {
  const chosen = await choosePortfolio();
  if (!chosen.ok) return <><PageHeader title="Retirement" /><ErrorState what="Your portfolios" error={chosen.error} /></>;
  const { portfolios, current } = chosen.data;
  if (!current) return <><PageHeader title="Retirement" /><NoPortfolio /></>;
  const first = await load<PlannerTypes["RetirementAnswer"]>("planner", "/retirement", retirementRequest(current.id, FIRST_WISHES));
  return (
    <>
      <PageHeader title="Retirement" note={current.name}>
        <PortfolioSwitch portfolios={portfolios} current={current.id} />
      </PageHeader>
      <RetirementExplorer key={current.id} portfolioId={current.id} first={first} />
    </>
  );
}
