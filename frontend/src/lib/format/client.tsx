"use client";
import { type ReactNode, createContext, useContext, useMemo, useSyncExternalStore } from "react";
import { type Format, createFormat } from "./format";

const LocaleFormat = createContext<Format>(createFormat("en-US"));

/** Gives client components the locale that the server chose, so that both write the same text. */
export function FormatProvider({ locale, children }: { locale: string; children: ReactNode }) {
  const format = useMemo(() => createFormat(locale), [locale]);
  return <LocaleFormat value={format}>{children}</LocaleFormat>;
}

export function useFormat(): Format {
  return useContext(LocaleFormat);
}

const never = () => () => {};

/** A moment in the reader's own time zone, which only the browser knows; until then in UTC. */
export function LocalTime({ iso, seconds }: { iso: string; seconds?: boolean }) {
  const { locale } = useFormat();
  const zone = useSyncExternalStore(never, () => undefined, () => "UTC");
  const text = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: seconds ? "medium" : "short", ...(zone ? { timeZone: zone } : {}) }).format(new Date(iso));
  return <time dateTime={iso}>{text}</time>;
}
