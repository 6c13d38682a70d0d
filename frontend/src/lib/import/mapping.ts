/** What the owner of an unknown table says of its columns, as the planner's import takes it. */
import type { PlannerTypes } from "@/lib/api/types";

export type TableColumns = PlannerTypes["TableColumns"];
export type Field = NonNullable<TableColumns["columns"][number]["proposed"]>;

/** What a column can be, in the order of a choice; the first two must be among the columns. */
export const FIELDS: { field: Field; title: string }[] = [
  { field: "symbol", title: "Symbol or ticker" },
  { field: "quantity", title: "Quantity" },
  { field: "name", title: "Name" },
  { field: "price", title: "Price of one" },
  { field: "value", title: "Value of all" },
  { field: "currency", title: "Currency" },
  { field: "price_date", title: "Day of the price" },
  { field: "account", title: "Account" },
  { field: "isin", title: "ISIN" },
  { field: "cost_basis", title: "Paid for all" },
  { field: "asset_class", title: "Asset class" },
];

export interface Mapping {
  /** By heading; "" is a column that is left out. */
  columns: Record<string, Field | "">;
  /** ISO 4217 code of all rows, where no column says it. */
  currency: string;
  decimal: "" | "point" | "comma";
  dates: "" | "mdy" | "dmy";
}

/** Returns the mapping that the headings propose, for the owner to correct. */
export function proposedMapping({ columns }: TableColumns): Mapping {
  return { columns: Object.fromEntries(columns.map(({ heading, proposed }) => [heading, proposed ?? ""])), currency: "", decimal: "", dates: "" };
}

/** Returns what is wrong with a mapping in one sentence, or null; the planner checks again. */
export function mappingProblem({ columns, currency }: Mapping): string | null {
  const chosen = Object.values(columns).filter((field) => field !== "");
  const missing = FIELDS.slice(0, 2).filter(({ field }) => !chosen.includes(field));
  if (missing.length) return `Say which column is the ${missing.map(({ title }) => title.toLowerCase()).join(", and which the ")}.`;
  const twice = FIELDS.find(({ field }) => chosen.filter((one) => one === field).length > 1);
  if (twice) return `Two columns are the ${twice.title.toLowerCase()}; leave one of them out.`;
  if (!chosen.includes("currency") && !/^[a-z]{3}$/i.test(currency.trim())) return "Say which column is the currency, or which currency all rows are in, such as USD.";
  return null;
}

/** Whether the holdings would have no price: said beforehand, since it makes every total incomplete. */
export function lacksPrice({ columns }: Mapping): boolean {
  return !Object.values(columns).includes("price");
}

/** Returns the query of the planner's `POST /portfolios/import/draft`. */
export function mappingQuery({ columns, currency, decimal, dates }: Mapping): string {
  const query = new URLSearchParams();
  for (const [heading, field] of Object.entries(columns)) if (field) query.append("column", `${field}:${heading}`);
  if (currency.trim()) query.set("currency", currency.trim().toUpperCase());
  if (decimal) query.set("decimal", decimal);
  if (dates) query.set("dates", dates);
  return query.toString();
}
