/** Numbers and dates in the reader's locale. Amounts arrive as decimal text and are never turned into floats on the way. */

export interface Format {
  locale: string;
  money(amount: Decimal, currency: string | null, digits?: number): string;
  /** With its sign, for differences. */
  change(amount: Decimal, currency: string | null): string;
  /** Of a fraction: 0.25 is 25 %. */
  percent(fraction: Decimal, digits?: number): string;
  /** A difference of two shares, in percentage points. */
  points(fraction: Decimal): string;
  number(value: Decimal, digits?: number): string;
  quantity(value: Decimal): string;
  /** A number of things with their name: "1 finding", "2 findings". */
  count(value: number, one: string, many?: string): string;
  /** A day without a time: `2026-03-31`. */
  day(iso: string): string;
  /** A sentence or figure that a service wrote (`1,234.50 USD`, `2026-03-31`), with its numbers and days in the reader's way. */
  prose(text: string): string;
}

export type Decimal = string | number;

/** As services write them. Whole numbers without a comma read alike everywhere, and may be a year or part of a name. */
const WRITTEN = /(?<![\w.,/]|\w-)(?:(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)(?![\w/-]|[.,]\d)/g;

/** Formatters for a locale; they are costly to make and are kept. */
export function createFormat(locale: string): Format {
  const formatter = keep((options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options));
  const days = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
  // What rounds to nothing has no sign.
  const show = (value: Decimal, options: Intl.NumberFormatOptions) => settle(formatter({ signDisplay: "negative", ...options }).format(value as number));
  const digits = (count: number) => ({ minimumFractionDigits: count, maximumFractionDigits: count });
  const day = (iso: string) => settle(days.format(new Date(`${iso.slice(0, 10)}T00:00:00Z`)));
  const written = (number: string) => show(number.replaceAll(",", ""), { ...digits(number.split(".")[1]?.length ?? 0), useGrouping: number.includes(",") });
  return {
    locale,
    money: (amount, currency, count = 2) => show(amount, { ...currencyOptions(currency), ...digits(count) }),
    change: (amount, currency) => show(amount, { ...currencyOptions(currency), ...digits(0), signDisplay: "exceptZero" }),
    percent: (fraction, count = 1) => show(fraction, { style: "percent", ...digits(count) }),
    points: (fraction) => `${show(Number(fraction) * 100, { ...digits(1), signDisplay: "exceptZero" })} pp`,
    number: (value, count = 0) => show(value, digits(count)),
    quantity: (value) => show(value, { maximumFractionDigits: 6 }),
    count: (value, one, many = `${one}s`) => `${show(value, digits(0))} ${value === 1 ? one : many}`,
    day,
    prose: (text) => text.replaceAll(WRITTEN, (number, iso?: string) => (iso ? day(iso) : written(number))),
  };
}

/** Versions of ICU differ in these signs, and server and browser must write the same text. */
function settle(text: string): string {
  return text.replaceAll("\u202f", "\u00a0").replaceAll("'", "’");
}

/** Returns the first locale of an `Accept-Language` header that this machine knows, else English. */
export function chooseLocale(header: string | null): string {
  const wanted = (header ?? "")
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().split(";");
      const weight = parameters.find((text) => text.trim().startsWith("q="));
      return { tag, weight: weight ? Number(weight.trim().slice(2)) : 1 };
    })
    .filter(({ tag, weight }) => tag && tag !== "*" && weight > 0)
    .sort((one, other) => other.weight - one.weight);
  return wanted.map(({ tag }) => tag).find(isKnown) ?? "en-US";
}

function isKnown(tag: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(tag).length > 0;
  } catch {
    return false;
  }
}

function currencyOptions(currency: string | null): Intl.NumberFormatOptions {
  return currency && /^[A-Z]{3}$/.test(currency) ? { style: "currency", currency } : {};
}

function keep<K, V>(make: (key: K) => V): (key: K) => V {
  const kept = new Map<string, V>();
  return (key) => {
    const name = JSON.stringify(key);
    if (!kept.has(name)) kept.set(name, make(key));
    return kept.get(name)!;
  };
}

/** As the documents of plans say them. */
const NAMES: Record<string, string> = {
  equity: "Shares",
  bond: "Bonds",
  cash: "Cash",
  real_estate: "Real estate",
  commodity: "Commodities",
  other: "Other",
  log_normal: "Planning assumptions",
  block_bootstrap: "Blocks of history",
  historical_sequences: "Every stretch of history",
};

/** Returns a key of the services as words: `real_estate` is "Real estate". */
export function words(key: string): string {
  return NAMES[key] ?? capital(key.replaceAll("_", " "));
}

/** Returns a reason of a service, which may begin small and end open, as a sentence. */
export function sentence(text: string): string {
  return text && `${capital(text)}${/[.!?]$/.test(text) ? "" : "."}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
