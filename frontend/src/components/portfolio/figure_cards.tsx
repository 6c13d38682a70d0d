import { Card, Stat } from "@/components/ui/card";
import type { Analysis } from "@/lib/api/types";
import { requestFormat } from "@/lib/format/server";

/** How much hangs on few holdings. */
export async function ConcentrationCard({ analysis: { concentration } }: { analysis: Analysis }) {
  const format = await requestFormat();
  return (
    <Card title="Concentration" note={concentration && !concentration.complete ? "Of what has a value" : undefined}>
      {concentration ? (
        <dl className="grid grid-cols-2 gap-4 sm:grid-cols-3">
          <Stat label="Largest holding" value={format.percent(concentration.largest.share)} detail={concentration.largest.symbol} />
          <Stat label="Five largest" value={format.percent(concentration.top_share)} detail={`of ${concentration.holdings} holdings`} />
          <Stat label="Effective holdings" value={format.number(concentration.effective_holdings, 1)} detail="as many of equal size" />
        </dl>
      ) : (
        <p className="text-warn">No holding has a value, so that concentration cannot be measured.</p>
      )}
    </Card>
  );
}

/** What funds cost, and what that becomes over the years. */
export async function ExpensesCard({ analysis: { expenses, expense_return, allocation } }: { analysis: Analysis }) {
  const format = await requestFormat();
  const note = expense_return ? `Over the years at ${format.percent(expense_return)} a year, in today's money` : undefined;
  return (
    <Card title="Expense drag" note={expenses ? note : undefined}>
      {expenses ? (
        <>
          <dl className="grid grid-cols-2 gap-4 sm:grid-cols-3">
            <Stat label="Expense ratio" value={format.percent(expenses.expense_ratio, 2)} detail={`known for ${format.percent(expenses.covered, 0)} of the value`} />
            <Stat label="In the first year" value={format.money(expenses.first_year, allocation.base_currency, 0)} />
            <Stat label="Lost to expenses" value={format.money(expenses.drag, allocation.base_currency, 0)} />
          </dl>
          {expenses.unknown.length > 0 && <p className="text-warn mt-3 text-[13px]">Not known for {expenses.unknown.join(", ")}.</p>}
        </>
      ) : (
        <p className="text-warn">The yearly expenses of no holding are known, so that no drag is shown.</p>
      )}
    </Card>
  );
}

/** What the money did, where the file tells purchases and sales. */
export async function ReturnsCard({ analysis: { returns, allocation } }: { analysis: Analysis }) {
  const format = await requestFormat();
  const { gain, money_weighted: money, time_weighted_yearly: time, start, end } = returns;
  if (!gain && !money && !time) {
    return (
      <Card title="Returns">
        <p className="text-warn">{returns.missing.join(". ") || "No return can be measured."}</p>
      </Card>
    );
  }
  return (
    <Card title="Returns" note={start && end ? `${format.day(start)} to ${format.day(end)}` : undefined}>
      <dl className="grid grid-cols-2 gap-4 sm:grid-cols-3">
        <Stat label="Gain" value={gain && format.change(gain, allocation.base_currency)} missing={gain ? undefined : "not known"} />
        <Stat label="Money-weighted" value={money && format.percent(money)} missing={money ? undefined : "not known"} detail="a year" />
        <Stat label="Time-weighted" value={time && format.percent(time)} missing={time ? undefined : "not known"} detail="a year" />
      </dl>
    </Card>
  );
}
