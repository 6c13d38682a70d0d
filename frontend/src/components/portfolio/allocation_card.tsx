import { PieChart } from "lucide-react";
import type { ReactNode } from "react";
import { type ShareBar, ShareBars } from "@/components/charts/share_bars";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/states";
import { Tabs } from "@/components/ui/tabs";
import type { Allocation } from "@/lib/api/types";
import { type Format, words } from "@/lib/format/format";
import { requestFormat } from "@/lib/format/server";
import { type ShowFigure, asText } from "@/lib/plans/show_figure";

const VIEWS = [
  { key: "by_asset_class", title: "Class", dimension: "asset_class" },
  { key: "by_region", title: "Region", dimension: "region" },
  { key: "by_sector", title: "Sector", dimension: "sector" },
  { key: "by_currency", title: "Currency", dimension: null },
  { key: "by_account", title: "Account", dimension: null },
] as const;

/** What the portfolio is made of, with funds looked through as far as their contents are known. */
export async function AllocationCard({ allocation, figure = asText }: { allocation: Allocation; figure?: ShowFigure }) {
  const format = await requestFormat();
  if (Number(allocation.total) === 0) {
    return (
      <Card title="Allocation">
        <EmptyState icon={PieChart} title="No position has a value yet" />
      </Card>
    );
  }
  const tabs = VIEWS.map(({ key, title, dimension }) => ({
    key,
    title,
    content: (
      <>
        <ShareBars label={`Allocation by ${title.toLowerCase()}`} bars={allocation[key].map((slice) => bar(slice, allocation, format, (text) => figure(`${key.slice("by_".length)}.${slice.key}.share`, text)))} />
        {dimension && <CoverageNote allocation={allocation} dimension={dimension} format={format} />}
      </>
    ),
  }));
  return (
    <Card title="Allocation" note={allocation.complete ? undefined : "Of what has a value"}>
      <Tabs label="Allocation" tabs={tabs} />
    </Card>
  );
}

function bar({ key, amount, share }: Allocation["by_region"][number], { base_currency }: Allocation, format: Format, show: (text: string) => ReactNode): ShareBar {
  const unknown = /^(unknown|unclassified)$/i.test(key);
  return {
    key,
    label: unknown ? "Not known" : words(key),
    share: Number(share ?? 0),
    text: share === null ? "–" : show(format.percent(share)),
    detail: format.money(amount, base_currency, 0),
    unknown,
  };
}

const ORIGINS: Record<string, string> = { file: "your file", owner: "you", table: "the table of instruments", proposal: "a proposal" };

function CoverageNote({ allocation, dimension, format }: { allocation: Allocation; dimension: string; format: Format }) {
  const coverage = allocation.coverage.find((one) => one.dimension === dimension);
  if (!coverage?.classified) return null;
  const origins = Object.entries(coverage.by_origin)
    .filter(([origin, share]) => origin !== "nothing" && Number(share) > 0)
    .map(([origin, share]) => `${format.percent(share, 0)} by ${ORIGINS[origin] ?? origin}`);
  return (
    <p className="text-muted mt-4 text-[13px]">
      Look-through: {format.percent(coverage.classified, 0)} of the value is classified{origins.length > 0 && ` (${origins.join(", ")})`}.
    </p>
  );
}
