import type { PositionValue } from "@/lib/api/types";

/** What the table of holdings shows of a position: no more crosses to the browser. */
export interface Holding {
  symbol: string;
  name: string | null;
  account: string | null;
  assetClass: string;
  quantity: string;
  price: string | null;
  currency: string;
  priceDate: string | null;
  priceState: PositionValue["price_state"];
  /** In the base currency; null when the price or the exchange rate is missing. */
  value: string | null;
  share: string | null;
  /** Paid for it and gained since, in its own currency; null when the file does not say what was paid. */
  cost: string | null;
  gain: string | null;
  /** Of the cost, a fraction. */
  gainShare: number | null;
}

export function toHolding(position: PositionValue): Holding {
  return {
    symbol: position.symbol,
    name: position.name,
    account: position.account,
    assetClass: position.asset_class,
    quantity: position.quantity,
    price: position.price,
    currency: position.currency,
    priceDate: position.price_date,
    priceState: position.price_state,
    value: position.base_value,
    share: position.share,
    cost: position.cost ?? null,
    gain: position.gain ?? null,
    gainShare: position.gain && Number(position.cost) > 0 ? Number(position.gain) / Number(position.cost) : null,
  };
}

/** Returns what a holding is called: its name where the symbol is a number of a register, an ISIN or the like. */
export function called({ symbol, name }: { symbol: string; name?: string | null }): string {
  return name && /^([A-Z]{2}[A-Z0-9]{9}[0-9]|[0-9A-Z]{8}[0-9])$/.test(symbol) ? name : symbol;
}

export type SortKey = "symbol" | "account" | "assetClass" | "quantity" | "price" | "priceDate" | "value" | "gainShare";
export interface Order {
  key: SortKey;
  descending: boolean;
}

const NUMERIC = new Set<SortKey>(["quantity", "price", "value", "gainShare"]);

/** Returns the holdings in order; what is missing comes last either way, and equals keep their order. */
export function sortHoldings(holdings: Holding[], { key, descending }: Order, locale: string): Holding[] {
  const collator = new Intl.Collator(locale, { numeric: true });
  const compare = (one: string | number, other: string | number) =>
    NUMERIC.has(key) ? Number(one) - Number(other) : collator.compare(String(one), String(other));
  return holdings.toSorted((one, other) => {
    const [a, b] = [one[key], other[key]];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return descending ? compare(b, a) : compare(a, b);
  });
}

/** Returns the holdings whose symbol, name or account has the words. */
export function filterHoldings(holdings: Holding[], text: string): Holding[] {
  const wanted = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return holdings.filter(({ symbol, name, account }) => {
    const own = `${symbol} ${name ?? ""} ${account ?? ""}`.toLowerCase();
    return wanted.every((word) => own.includes(word));
  });
}
