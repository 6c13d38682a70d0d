import type { Metadata } from "next";
import { Suspense } from "react";
import { NoPortfolio } from "@/components/portfolio/no_portfolio";
import { Overview } from "@/components/portfolio/overview";
import { PageHeader } from "@/components/shell/page_header";
import { PortfolioSwitch } from "@/components/shell/portfolio_switch";
import { ErrorState, Skeleton } from "@/components/ui/states";
import { choosePortfolio } from "@/lib/api/planner";

export const metadata: Metadata = { title: "Overview" };

export default async function OverviewPage() {
  const chosen = await choosePortfolio();
  if (!chosen.ok) return <><PageHeader title="Overview" /><ErrorState what="Your portfolios" error={chosen.error} /></>;
  const { portfolios, current } = chosen.data;
  if (!current) return <><PageHeader title="Overview" /><NoPortfolio /></>;
  return (
    <>
      <PageHeader title="Overview" note={current.name}>
        <PortfolioSwitch portfolios={portfolios} current={current.id} />
      </PageHeader>
      <Suspense key={current.id} fallback={<div role="status" aria-label="The figures are loading"><Skeleton className="h-96" /></div>}>
        <Overview portfolio={current} />
      </Suspense>
    </>
  );
}
