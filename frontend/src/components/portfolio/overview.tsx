import { AllocationCard } from "@/components/portfolio/allocation_card";
import { ConcentrationCard, ExpensesCard, GainsCard, ReturnsCard } from "@/components/portfolio/figure_cards";
import { Missing } from "@/components/portfolio/missing";
import { TargetCard } from "@/components/portfolio/target_card";
import { Card, Stat } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/states";
import { loadAnalysis, loadNewestPlan } from "@/lib/api/planner";
import type { Analysis, PortfolioSummary } from "@/lib/api/types";
import { requestFormat } from "@/lib/format/server";

/** Where a portfolio stands: value, what is missing of it, what it is made of, and what that means. */
export async function Overview({ portfolio }: { portfolio: PortfolioSummary }) {
  // Targets are stated when a plan is made.
  const target = (await loadNewestPlan(portfolio))?.target;
  const answer = await loadAnalysis(portfolio.id, target ? { target } : {});
  if (!answer.ok) return <ErrorState what="The figures" error={answer.error} />;
  const analysis = answer.data;
  return (
    <div className="space-y-4">
      <Summary analysis={analysis} />
      <Missing missing={analysis.missing.map((item) => item.reason)} format={await requestFormat()} />
      <div className="grid gap-4 lg:grid-cols-2">
        <AllocationCard allocation={analysis.allocation} />
        <div className="space-y-4">
          <TargetCard drifts={analysis.rebalancing?.drifts} />
          <ConcentrationCard concentration={analysis.concentration} />
        </div>
        <GainsCard gains={analysis.gains} allocation={analysis.allocation} />
        <ExpensesCard expenses={analysis.expenses} assumed={analysis.expense_return} allocation={analysis.allocation} />
        <ReturnsCard returns={analysis.returns} allocation={analysis.allocation} />
      </div>
    </div>
  );
}

async function Summary({ analysis: { allocation, as_of } }: { analysis: Analysis }) {
  const format = await requestFormat();
  const { price_dates: dates, positions, unpriced, unconverted } = allocation;
  const left = unpriced.length + unconverted.length;
  const problems = [
    dates.stale.length && `${format.number(dates.stale.length)} older than a week`,
    unpriced.length && `${format.number(unpriced.length)} without a price`,
    dates.missing.length && `${format.number(dates.missing.length)} without a day`,
  ].filter(Boolean);
  return (
    <Card>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-4">
        <Stat
          label={allocation.complete ? "Value" : "Value, incomplete"}
          value={format.money(allocation.total, allocation.base_currency, 0)}
          detail={allocation.complete ? `every position counted, ${format.day(as_of)}` : `without ${left} of ${positions.length} positions`}
        />
        <Stat label="Positions" value={format.number(positions.length)} detail={`in ${format.count(allocation.by_account.length, "account")}`} />
        <Stat label="Newest price" value={dates.newest && format.day(dates.newest)} missing={dates.newest ? undefined : "no price has a day"} detail={dates.oldest && dates.oldest !== dates.newest ? `oldest ${format.day(dates.oldest)}` : undefined} />
        <Stat
          label="Old or missing prices"
          value={format.number(dates.stale.length + unpriced.length + dates.missing.length)}
          detail={problems.join(", ") || "all prices are current"}
        />
      </dl>
    </Card>
  );
}
