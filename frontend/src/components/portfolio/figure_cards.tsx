import { Card, Stat } from "@/components/ui/card";
import type { Allocation, Analysis } from "@/lib/api/types";
import { sentence } from "@/lib/format/format";
import { requestFormat } from "@/lib/format/server";
import { called } from "@/lib/holdings";
import { type ShowFigure, asText } from "@/lib/plans/show_figure";

type Base = Pick<Allocation, "base_currency" | "positions">;

/** What was paid for the holdings, and what they gained since, as far as the file says it. */
export async function GainsCard({ gains, allocation: { base_currency: currency, positions }, figure = asText }: { gains: Analysis["gains"]; allocation: Base; figure?: ShowFigure }) {
  const format = await requestFormat();
  if (!gains) {
    return (
      <Card title="Cost and gain">
        <p className="text-warn">The file does not say what was paid for the holdings, so that their gain is not known.</p>
      </Card>
    );
  }
  return (
    <Card title="Cost and gain" note="Unrealised, before a sale">
      <dl className="grid grid-cols-2 gap-4 sm:grid-cols-3">
        <Stat label="Paid" value={figure("gains.cost", format.money(gains.cost, currency, 0))} detail={<>for {figure("gains.covered", format.percent(gains.covered, 0))} of the value</>} />
        <Stat label="Worth" value={figure("gains.value", format.money(gains.value, currency, 0))} />
        <Stat
          label="Gain"
          value={figure("gains.gain", format.change(gains.gain, currency))}
          detail={gains.gain_share && <>{figure("gains.percent", format.percent(gains.gain_share))} of what was paid</>}
        />
      </dl>
      {gains.unknown.length > 0 && <p className="text-warn mt-3 text-[13px]">Not known for {namesOf(gains.unknown, positions)}.</p>}
    </Card>
  );
}

/** How much hangs on few holdings. */
export async function ConcentrationCard({ concentration, figure = asText }: { concentration: Analysis["concentration"]; figure?: ShowFigure }) {
  const format = await requestFormat();
  return (
    <Card title="Concentration" note={concentration && !concentration.complete ? "Of what has a value" : undefined}>
      {concentration ? (
        <dl className="grid grid-cols-2 gap-4 sm:grid-cols-3">
          <Stat label="Largest holding" value={figure("concentration.largest", format.percent(concentration.largest.share))} detail={called(concentration.largest)} />
          <Stat label="Five largest" value={figure("concentration.top", format.percent(concentration.top_share))} detail={`of ${format.count(concentration.holdings, "holding")}`} />
          <Stat label="Effective holdings" value={figure("concentration.effective", format.number(concentration.effective_holdings, 1))} detail="as many of equal size" />
        </dl>
      ) : (
        <p className="text-warn">No holding has a value, so that concentration cannot be measured.</p>
      )}
    </Card>
  );
}

interface ExpensesCardProps {
  expenses: Analysis["expenses"];
  /** Real return assumed, fraction per year. */
  assumed: string | null;
  allocation: Base;
  figure?: ShowFigure;
}

/** What funds cost, and what that becomes over the years. */
export async function ExpensesCard({ expenses, assumed, allocation: { base_currency: currency, positions }, figure = asText }: ExpensesCardProps) {
  const format = await requestFormat();
  const note = assumed ? `Over the years at ${format.percent(assumed)} a year, in today's money` : undefined;
  return (
    <Card title="Expense drag" note={expenses ? note : undefined}>
      {expenses ? (
        <>
          <dl className="grid grid-cols-2 gap-4 sm:grid-cols-3">
            <Stat
              label="Expense ratio"
              value={figure("expenses.ratio", format.percent(expenses.expense_ratio, 2))}
              detail={<>of {figure("expenses.covered", format.money(expenses.covered, currency, 0))} whose expenses are known</>}
            />
            <Stat label="In the first year" value={figure("expenses.first_year", format.money(expenses.first_year, currency, 0))} />
            <Stat label="Lost to expenses" value={figure("expenses.drag", format.money(expenses.drag, currency, 0))} />
          </dl>
          {expenses.unknown.length > 0 && <p className="text-warn mt-3 text-[13px]">Not known for {namesOf(expenses.unknown, positions)}.</p>}
        </>
      ) : (
        <p className="text-warn">The yearly expenses of no holding are known, so that no drag is shown.</p>
      )}
    </Card>
  );
}

/** What the money did, where the file tells purchases and sales. */
export async function ReturnsCard({ returns, allocation: { base_currency: currency }, figure = asText }: { returns: Analysis["returns"]; allocation: Base; figure?: ShowFigure }) {
  const format = await requestFormat();
  const { gain, money_weighted: money, time_weighted_yearly: time, start, end } = returns;
  if (!gain && !money && !time) {
    return (
      <Card title="Returns">
        <p className="text-warn">{format.prose(sentence(returns.missing.join(". "))) || "No return can be measured."}</p>
      </Card>
    );
  }
  return (
    <Card title="Returns" note={start && end ? `${format.day(start)} to ${format.day(end)}` : undefined}>
      <dl className="grid grid-cols-2 gap-4 sm:grid-cols-3">
        <Stat label="Gain" value={gain && figure("returns.gain", format.change(gain, currency))} missing={gain ? undefined : "not known"} />
        <Stat label="Money-weighted" value={money && figure("returns.money_weighted", format.percent(money))} missing={money ? undefined : "not known"} detail="a year" />
        <Stat label="Time-weighted" value={time && figure("returns.time_weighted_yearly", format.percent(time))} missing={time ? undefined : "not known"} detail="a year" />
      </dl>
    </Card>
  );
}

function namesOf(symbols: string[], positions: Allocation["positions"]): string {
  const names = new Map(positions.map(({ symbol, name }) => [symbol, called({ symbol, name })]));
  return symbols.map((symbol) => names.get(symbol) ?? symbol).join(", ");
}
