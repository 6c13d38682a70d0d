import { FileText } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { PlanForm } from "@/components/plan/form/plan_form";
import { NoPortfolio } from "@/components/portfolio/no_portfolio";
import { StatusBadge } from "@/components/runs/status_badge";
import { PageHeader } from "@/components/shell/page_header";
import { PortfolioSwitch } from "@/components/shell/portfolio_switch";
import { Card } from "@/components/ui/card";
import { EmptyState, ErrorState } from "@/components/ui/states";
import { choosePortfolio, loadAnalysis, loadNewestPlan, loadPlans } from "@/lib/api/planner";
import type { PlannerTypes, PortfolioSummary, RunSummary } from "@/lib/api/types";
import { LocalTime } from "@/lib/format/client";
import { formOfPlan } from "@/lib/plans/form";
import { RUNS_PATH, isOpen, runPath } from "@/lib/runs/history";
import { load } from "@/lib/server/call";

export const metadata: Metadata = { title: "Plan" };

export default async function PlanPage() {
  const [chosen, plans, runs] = await Promise.all([choosePortfolio(), loadPlans(), load<PlannerTypes["RunPage"]>("planner", RUNS_PATH)]);
  if (!chosen.ok) return <><PageHeader title="Plan" /><ErrorState what="Your portfolios" error={chosen.error} /></>;
  const { portfolios, current } = chosen.data;
  return (
    <>
      <PageHeader title="Plan" note={current ? `For ${current.name}` : undefined}>
        {current && <PortfolioSwitch portfolios={portfolios} current={current.id} />}
      </PageHeader>
      <div className="space-y-4">
        {runs.ok && <OpenRuns runs={runs.data.runs.filter(isOpen)} />}
        {current ? <NewPlan portfolio={current} /> : <NoPortfolio />}
        <Card title="Plans">{plans.ok ? <PlanList plans={plans.data.plans} /> : <ErrorState what="The plans" error={plans.error} />}</Card>
      </div>
    </>
  );
}

async function NewPlan({ portfolio }: { portfolio: PortfolioSummary }) {
  const [before, analysis] = await Promise.all([loadNewestPlan(portfolio), loadAnalysis(portfolio.id)]);
  // Without the figures the form still works; only its amounts then name no currency.
  const currency = analysis.ok ? analysis.data.allocation.base_currency : null;
  return <PlanForm key={portfolio.id} portfolioId={portfolio.id} currency={currency} before={before && formOfPlan(before)} />;
}

function OpenRuns({ runs }: { runs: RunSummary[] }) {
  if (!runs.length) return null;
  return (
    <Card title="Being made">
      <ul className="space-y-2">
        {runs.map((run) => (
          <li key={run.id} className="flex items-center gap-3">
            <Link className="text-accent underline underline-offset-2" href={runPath(run)}>
              Plan begun <LocalTime iso={run.created_at} />
            </Link>
            <StatusBadge status={run.status} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function PlanList({ plans }: { plans: PlannerTypes["PlanSummary"][] }) {
  if (!plans.length) return <EmptyState icon={FileText} title="No plan yet">What is made stays here, and the next plan says what changed.</EmptyState>;
  return (
    <ul className="divide-line divide-y">
      {plans.map(({ id, portfolio_name, created_at, status }) => (
        <li key={id} className="flex flex-wrap items-center gap-x-3 py-2">
          <Link className="text-accent font-medium underline underline-offset-2" href={`/plan/${id}`}>
            {portfolio_name}, <LocalTime iso={created_at} />
          </Link>
          <StatusBadge status={status} />
        </li>
      ))}
    </ul>
  );
}
