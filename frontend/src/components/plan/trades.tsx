import { Card, Stat } from "@/components/ui/card";
import { Table, Td, Th } from "@/components/ui/table";
import type { PlannerTypes } from "@/lib/api/types";
import type { Format } from "@/lib/format/format";
import { requestFormat } from "@/lib/format/server";
import type { ShowFigure } from "@/lib/plans/show_figure";

interface TradesCardProps {
  trades: PlannerTypes["TradeProposal"];
  nothing: PlannerTypes["DoingNothing"] | null;
  currency: string | null;
  figure: ShowFigure;
}

/** The orders that would bring the mix to its target, with the lots they would sell; and doing nothing beside them. */
export async function TradesCard({ trades: proposal, nothing, currency, figure }: TradesCardProps) {
  const format = await requestFormat();
  const { trades, realised_gain, unknown_gain, tax, cost, notes, unmet } = proposal;
  const money = (fact: string, amount: string) => figure(fact, format.money(amount, currency));
  return (
    <Card title="What would reach the target" note="Proposed by code from the target; nothing is ordered.">
      {trades.length ? <Orders trades={trades} currency={currency} format={format} figure={figure} /> : <p>No trade is needed.</p>}
      <dl className="mt-4 grid grid-cols-2 gap-4 sm:grid-cols-4">
        <Stat label="Realised gain" value={money("trades.gain", realised_gain)} detail={Number(unknown_gain) ? <>not counted: lots sold for {money("trades.unknown_gain", unknown_gain)}</> : undefined} />
        <Stat label="Tax on it" value={money("trades.tax", tax)} />
        <Stat label="Cost of trading" value={money("trades.cost", cost)} />
        {nothing && <Stat label="If nothing is done" value={money("nothing.misplaced", nothing.misplaced)} detail={<>stay in the wrong place; expected return given up a year: {money("nothing.forgone", nothing.return_forgone)}</>} />}
      </dl>
      {nothing && <NothingLine nothing={nothing} format={format} figure={figure} />}
      <ul className="text-warn mt-3 list-disc space-y-0.5 pl-4 text-[13px]">
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
        {Object.entries(unmet).map(([key, amount]) => (
          <li key={key}>
            {format.money(amount, currency)} of {key.replaceAll("_", " ")} cannot be sold: it is in holdings of two classes.
          </li>
        ))}
      </ul>
    </Card>
  );
}

function NothingLine({ nothing: { as_it_is, at_target }, format, figure }: { nothing: PlannerTypes["DoingNothing"]; format: Format; figure: ShowFigure }) {
  return (
    <p className="text-muted mt-3 text-[13px]">
      Assumed swings of a year: {figure("nothing.volatility", format.percent(as_it_is.volatility))} as it is, {figure("nothing.target_volatility", format.percent(at_target.volatility))} at
      the target. Assumed return after inflation: {figure("nothing.return", format.percent(as_it_is.real_return))} and {figure("nothing.target_return", format.percent(at_target.real_return))}.
    </p>
  );
}

interface OrdersProps {
  trades: PlannerTypes["HoldingTrade"][];
  currency: string | null;
  format: Format;
  figure: ShowFigure;
}

function Orders({ trades, currency, format, figure }: OrdersProps) {
  return (
    <Table label="Orders">
      <thead>
        <tr>
          <Th>Order</Th>
          <Th>Account</Th>
          <Th numeric>Units</Th>
          <Th numeric>Amount</Th>
        </tr>
      </thead>
      <tbody>
        {trades.map(({ side, symbol, asset_class, account, units, amount, lots }, index) => (
          <tr key={index}>
            <Th scope="row" className="text-text">
              {side === "buy" ? "Buy" : "Sell"} {symbol ?? `something of ${asset_class.replaceAll("_", " ")}`}
              {lots.map((lot, place) => (
                <span key={place} className="text-muted block font-normal">
                  {lot.acquired ? `bought ${format.day(lot.acquired)}` : "lot without a day"}: {format.quantity(lot.units)} units,{" "}
                  {lot.gain === null ? "gain not known" : <>gain {figure(`trade.${index + 1}.lot.${place + 1}.gain`, format.money(lot.gain, currency))}</>}
                </span>
              ))}
            </Th>
            <Td>{account ?? "–"}</Td>
            <Td numeric>{units ? figure(`trade.${index + 1}.units`, format.quantity(units)) : "–"}</Td>
            <Td numeric>{figure(`trade.${index + 1}`, format.money(amount, currency))}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
