import { expect, test } from "vitest";
import { formatDuration } from "./duration";

test.each([
  ["P1D", "en-US", "1 day"],
  ["PT1H", "en-US", "1 hour"],
  ["P7DT12H", "en-US", "7 days, 12 hours"],
  ["P30D", "de-DE", "30 Tage"],
  ["PT15M", "fr-FR", "15 minutes"],
  ["P1Y", "en-US", "P1Y"],
  ["PT0S", "en-US", "PT0S"],
])("%s in %s", (iso, locale, words) => {
  expect(formatDuration(iso, locale).replaceAll("\u00a0", " ")).toBe(words);
});
