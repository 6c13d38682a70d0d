"use client";
import { ArrowDown, ArrowUp } from "lucide-react";
import { memo, useDeferredValue, useMemo, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Input } from "@/components/ui/field";
import { Table, Td, Th } from "@/components/ui/table";
import { useFormat } from "@/lib/format/client";
import { type Format, words } from "@/lib/format/format";
import { type Holding, type Order, type SortKey, filterHoldings, sortHoldings } from "@/lib/holdings";

/** What a narrow screen leaves out stands elsewhere in the row, or can be done without. */
const WIDE = "hidden md:table-cell";
const COLUMNS: { key: SortKey; title: string; numeric?: boolean; className?: string }[] = [
  { key: "symbol", title: "Holding" },
  { key: "account", title: "Account", className: WIDE },
  { key: "assetClass", title: "Class", className: WIDE },
  { key: "quantity", title: "Quantity", numeric: true, className: WIDE },
  { key: "price", title: "Price", numeric: true },
  { key: "priceDate", title: "Price date", numeric: true, className: WIDE },
  { key: "value", title: "Value", numeric: true },
];
const GAIN = { key: "gainShare", title: "Gain", numeric: true } as const;

export function HoldingsTable({ holdings, currency }: { holdings: Holding[]; currency: string | null }) {
  const format = useFormat();
  const [order, setOrder] = useState<Order>({ key: "value", descending: true });
  const [text, setText] = useState("");
  // Hundreds of rows take longer to lay out than a hand waits: the head and the field answer first, then the rows follow.
  const [wanted, rowOrder] = [useDeferredValue(text), useDeferredValue(order)];
  const shown = useMemo(() => sortHoldings(filterHoldings(holdings, wanted), rowOrder, format.locale), [holdings, wanted, rowOrder, format]);
  // Many files say nothing of what was paid: a column of dashes would tell nobody anything.
  const hasCosts = useMemo(() => holdings.some(({ cost }) => cost !== null), [holdings]);
  const sortBy = (key: SortKey, numeric = false) => setOrder((now) => ({ key, descending: now.key === key ? !now.descending : numeric }));
  return (
    <>
      <div className="mb-3 flex flex-wrap items-end justify-between gap-3">
        <div className="not-printed w-full sm:w-72">
          <Input label="Find a holding" type="search" value={text} onChange={(event) => setText(event.target.value)} />
        </div>
        <p className="text-muted text-[13px]" role="status">
          {shown.length < holdings.length && `${format.number(shown.length)} of `}{format.count(holdings.length, "holding")}
        </p>
      </div>
      <Table label="Holdings" aria-busy={wanted !== text || rowOrder !== order}>
        <thead>
          <tr>
            {COLUMNS.map(({ key, title, numeric = false, className = "" }) => (
              <SortableHead key={key} className={className} title={title} numeric={numeric} order={order.key === key ? order : null} onSort={() => sortBy(key, numeric)} />
            ))}
            <Th numeric className={WIDE}>Share</Th>
            {hasCosts && <SortableHead className="" title={GAIN.title} numeric order={order.key === GAIN.key ? order : null} onSort={() => sortBy(GAIN.key, true)} />}
          </tr>
        </thead>
        <tbody>
          {shown.map((holding) => (
            <Row key={`${holding.account} ${holding.symbol} ${holding.quantity}`} holding={holding} currency={currency} format={format} hasCosts={hasCosts} />
          ))}
        </tbody>
      </Table>
      {shown.length === 0 && <p className="text-muted py-6 text-center">No holding has these words.</p>}
    </>
  );
}

function SortableHead({ title, className, numeric, order, onSort }: { title: string; className: string; numeric: boolean; order: Order | null; onSort: () => void }) {
  const Icon = order?.descending ? ArrowDown : ArrowUp;
  return (
    <Th numeric={numeric} className={className} aria-sort={order ? (order.descending ? "descending" : "ascending") : "none"}>
      <button type="button" onClick={onSort} className="hover:text-text inline-flex min-h-6 items-center gap-1 whitespace-nowrap">
        {title}
        {order && <Icon aria-hidden className="size-3" />}
      </button>
    </Th>
  );
}

const Row = memo(function Row({ holding, currency, format, hasCosts }: { holding: Holding; currency: string | null; format: Format; hasCosts: boolean }) {
  const { symbol, name, account, assetClass, quantity, price, value, share } = holding;
  return (
    <tr>
      <Th scope="row" className="text-text min-w-20 md:min-w-28">
        <span className="font-semibold">{symbol}</span>
        {name && <span className="text-muted block font-normal">{name}</span>}
        {account && <span className="text-muted block font-normal md:hidden">{account}</span>}
      </Th>
      <Td className={WIDE}>{account ?? "–"}</Td>
      <Td className={`${WIDE} whitespace-nowrap`}>{words(assetClass)}</Td>
      <Td numeric className={WIDE}>{format.quantity(quantity)}</Td>
      <Td numeric>
        {price ? format.money(price, holding.currency) : <Badge tone="warn">no price</Badge>}
        {price && <span className="text-muted block md:hidden"><PriceDate holding={holding} format={format} /></span>}
      </Td>
      <Td numeric className={WIDE}>{price ? <PriceDate holding={holding} format={format} /> : "–"}</Td>
      <Td numeric>
        {value ? format.money(value, currency, 0) : <Badge tone="warn">{price ? "no exchange rate" : "not known"}</Badge>}
        {share && <span className="text-muted block md:hidden">{format.percent(share)}</span>}
      </Td>
      <Td numeric className={WIDE}>{share ? format.percent(share) : "–"}</Td>
      {hasCosts && (
        <Td numeric>
          <Gain holding={holding} format={format} />
        </Td>
      )}
    </tr>
  );
});

/** What was gained since it was bought, over what was paid for it. */
function Gain({ holding: { cost, gain, gainShare, currency, assetClass }, format }: { holding: Holding; format: Format }) {
  if (gain === null) return assetClass === "cash" ? "–" : <span className="text-muted">not known</span>;
  return (
    <>
      {format.change(gain, currency)}
      <span className="text-muted block whitespace-nowrap">
        {gainShare !== null && `${format.percent(gainShare)} `}of {format.money(cost!, currency, 0)}
      </span>
    </>
  );
}

function PriceDate({ holding: { priceDate, priceState }, format }: { holding: Holding; format: Format }) {
  return (
    <>
      {priceDate ? format.day(priceDate) : <Badge tone="warn">no day</Badge>}
      {priceState === "stale" && (
        <span className="block">
          <Badge tone="warn">older than a week</Badge>
        </span>
      )}
    </>
  );
}
