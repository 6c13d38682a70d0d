/** Durations of ISO 8601 as the services write them, in words of the reader's locale. */

const UNITS = ["day", "hour", "minute", "second"] as const;

/** Returns "1 day, 12 hours" for `P1DT12H`; a text that is no duration stays as it is. */
export function formatDuration(iso: string, locale: string): string {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?$/.exec(iso);
  const parts = UNITS.flatMap((unit, index) => {
    const count = Number(match?.[index + 1] ?? 0);
    return count ? [new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(count)] : [];
  });
  return parts.join(", ") || iso;
}
