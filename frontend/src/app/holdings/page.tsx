import type { Metadata } from "next";
import { HoldingsTable } from "@/components/portfolio/holdings_table";
import { NoPortfolio } from "@/components/portfolio/no_portfolio";
import { PageHeader } from "@/components/shell/page_header";
import { PortfolioSwitch } from "@/components/shell/portfolio_switch";
import { Card } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/states";
import { choosePortfolio, loadAnalysis } from "@/lib/api/planner";
import { toHolding } from "@/lib/holdings";

export const metadata: Metadata = { title: "Holdings" };

export default async function HoldingsPage() {
  const chosen = await choosePortfolio();
  if (!chosen.ok) return <><PageHeader title="Holdings" /><ErrorState what="Your portfolios" error={chosen.error} /></>;
  const { portfolios, current } = chosen.data;
  if (!current) return <><PageHeader title="Holdings" /><NoPortfolio /></>;
  const analysis = await loadAnalysis(current.id);
  return (
    <>
      <PageHeader title="Holdings" note={current.name}>
        <PortfolioSwitch portfolios={portfolios} current={current.id} />
      </PageHeader>
      {analysis.ok ? (
        <Card>
          <HoldingsTable holdings={analysis.data.allocation.positions.map(toHolding)} currency={analysis.data.allocation.base_currency} />
        </Card>
      ) : (
        <ErrorState what="The holdings" error={analysis.error} />
      )}
    </>
  );
}
