import { TradesCard } from "@/components/plan/trades";
import { ConcentrationCard, ExpensesCard, GainsCard, ReturnsCard } from "@/components/portfolio/figure_cards";
import { TargetCard } from "@/components/portfolio/target_card";
import { Card, Stat } from "@/components/ui/card";
import type { Plan, PlannerTypes } from "@/lib/api/types";
import type { Format } from "@/lib/format/format";
import { requestFormat } from "@/lib/format/server";
import type { ShowFigure } from "@/lib/plans/show_figure";

interface MeasuresProps {
  plan: Plan;
  figure: ShowFigure;
}

/** The figures beside the allocation: what hangs on few, what is paid, what it did, how far it swings, what would be traded. */
export function Measures({ plan: { measures, allocation }, figure }: MeasuresProps) {
  // Plans of before had none.
  if (!measures) return null;
  const { gains, concentration, expenses, expense_return, returns, risk, rebalancing, trades, doing_nothing, missing } = measures;
  return (
    <>
      <div className="grid gap-4 lg:grid-cols-2">
        <TargetCard drifts={rebalancing?.drifts} figure={figure} />
        <ConcentrationCard concentration={concentration} figure={figure} />
        <GainsCard gains={gains} allocation={allocation} figure={figure} />
        <ExpensesCard expenses={expenses} assumed={expense_return} allocation={allocation} figure={figure} />
        <ReturnsCard returns={returns} allocation={allocation} figure={figure} />
        <RiskCard risk={risk} missing={missing} figure={figure} />
      </div>
      {trades && <TradesCard trades={trades} nothing={doing_nothing} currency={allocation.base_currency} figure={figure} />}
    </>
  );
}

type Risk = PlannerTypes["Risk"];

/** How far the present holdings swung, by a history of their prices. */
async function RiskCard({ risk, missing, figure }: { risk: Risk | null; missing: PlannerTypes["NotKnown"][]; figure: ShowFigure }) {
  const format = await requestFormat();
  if (!risk) {
    const reason = missing.find((item) => item.figure === "risk")?.reason ?? "there are no prices over time";
    return (
      <Card title="Risk">
        <p className="text-warn">Not measured: {reason}. A file of prices can be given with a plan.</p>
      </Card>
    );
  }
  return (
    <Card title="Risk" note={`${format.day(risk.start)} to ${format.day(risk.end)}, of ${format.percent(risk.covered, 0)} of the value`}>
      <dl className="grid grid-cols-2 gap-4 sm:grid-cols-3">
        {riskFigures(risk, format).map(({ fact, label, text, detail }) => (
          <Stat key={fact} label={label} value={text && figure(fact, text)} missing={text ? undefined : "not known"} detail={detail} />
        ))}
      </dl>
    </Card>
  );
}

function riskFigures(risk: Risk, format: Format) {
  const percent = (value: string | null) => value && format.percent(value);
  return [
    { fact: "risk.volatility", label: "Volatility", text: percent(risk.volatility), detail: "a year" },
    { fact: "risk.max_drawdown", label: "Largest fall", text: percent(risk.max_drawdown), detail: risk.drawdown_to ? `to ${format.day(risk.drawdown_to)}` : undefined },
    { fact: "risk.value_at_risk", label: "Value at risk", text: percent(risk.value_at_risk), detail: "95 of 100 periods lose less" },
    { fact: "risk.conditional_value_at_risk", label: "Mean of the worst", text: percent(risk.conditional_value_at_risk), detail: "loss beyond that" },
    { fact: "risk.sharpe", label: "Sharpe ratio", text: risk.sharpe_ratio && format.number(risk.sharpe_ratio, 2) },
    ...(risk.benchmark ? [{ fact: "risk.beta", label: `Beta to ${risk.benchmark}`, text: risk.beta && format.number(risk.beta, 2) }] : []),
  ].map((row) => ({ detail: undefined, ...row }));
}
