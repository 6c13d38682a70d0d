import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { createFormat } from "@/lib/format/format";
import { ReportedFigures, type ReportedFinding, isReported } from "./reported_figures";

const FIGURE = {
  label: "Revenue",
  concept: "us-gaap:Revenues",
  value: "90071992547409931",
  unit: "USD",
  period_start: "2025-01-01",
  period_end: "2025-12-31",
  form: "10-K",
  filed: "2026-02-03",
  accession: "0000000001-26-000007",
  url: "https://filings.example/7",
};
const FINDING = { id: "f_1", symbols: ["ALFA"], topic: "Alfa", figure: FIGURE } as unknown as ReportedFinding;

function rendered(figure: Partial<typeof FIGURE | { period_start: null }> = {}): string {
  const finding = { ...FINDING, figure: { ...FIGURE, ...figure } };
  return renderToStaticMarkup(<ReportedFigures findings={[finding]} format={createFormat("en-US")} show={(fact, text) => <b id={fact}>{text}</b>} />);
}

test("a reported figure keeps its digits, unit and period, and opens", () => {
  const shown = rendered();
  expect(shown).toContain('<b id="reported.f_1">90,071,992,547,409,931 USD</b>');
  expect(shown).toContain('Jan 1, 2025 to <b id="reported.f_1.end">Dec 31, 2025</b>');
  expect(shown).toContain('10-K of <b id="reported.f_1.filed">Feb 3, 2026</b>');
  expect(rendered({ value: "-6.11", unit: "USD/shares" })).toContain(">-6.11 USD/shares<");
});

test("a figure of one day has no beginning", () => {
  expect(rendered({ period_start: null })).not.toContain(" to ");
});

test("the accession number leads to the filing, if it has an address of the web", () => {
  expect(rendered()).toMatch(/<a [^>]*href="https:\/\/filings\.example\/7"[^>]*>0000000001-26-000007</);
  expect(rendered({ url: "javascript:alert(1)" })).not.toContain("<a ");
});

test("other findings are none", () => {
  expect(isReported({ ...FINDING, figure: null })).toBe(false);
  expect(renderToStaticMarkup(<ReportedFigures findings={[]} format={createFormat("en-US")} show={(_, text) => text} />)).toBe("");
});
