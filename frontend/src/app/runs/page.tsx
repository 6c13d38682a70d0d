import type { Metadata } from "next";
import { RunHistory } from "@/components/runs/run_history";
import { PageHeader } from "@/components/shell/page_header";
import { ErrorState } from "@/components/ui/states";
import type { PlannerTypes, RunPage } from "@/lib/api/types";
import { RUNS_PATH } from "@/lib/runs/history";
import { load } from "@/lib/server/call";

export const metadata: Metadata = { title: "Runs" };

export default async function RunsPage() {
  const [plans, research, portfolios] = await Promise.all([
    load<RunPage>("planner", RUNS_PATH),
    load<RunPage>("researcher", RUNS_PATH),
    load<PlannerTypes["PortfolioList"]>("planner", "/portfolios"),
  ]);
  const names = portfolios.ok ? Object.fromEntries(portfolios.data.portfolios.map(({ id, name }) => [id, name])) : {};
  return (
    <>
      <PageHeader title="Runs" note="What the agents did, what it used, and what it cost. A run goes on while its page is open." />
      <div className="space-y-4">
        {plans.ok ? (
          <RunHistory service="planner" title="Plans" note="Newest first; research that a plan had done counts with it." empty="A plan that you start is listed here with its state and its cost." begin={{ path: "/plan", title: "Make a plan" }} first={plans.data} names={names} />
        ) : (
          <ErrorState what="The planner's runs" error={plans.error} />
        )}
        {research.ok ? (
          <RunHistory service="researcher" title="Research" note="Newest first, with the research that plans had done." empty="Research, by itself or for a plan, is listed here with its state and its cost." begin={{ path: "/research/ask", title: "Ask a question" }} first={research.data} names={{}} />
        ) : (
          <ErrorState what="The researcher's runs" error={research.error} />
        )}
      </div>
    </>
  );
}
