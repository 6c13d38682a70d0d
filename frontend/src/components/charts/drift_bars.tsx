import type { ReactNode } from "react";
import { cn } from "@/lib/class_names";

export interface DriftRow {
  key: string;
  label: string;
  /** Fraction above (positive) or below (negative) the target. */
  drift: number;
  text: ReactNode;
  detail: string;
}

/** Differences from a target as bars to both sides of a middle line. */
export function DriftBars({ rows, label }: { rows: DriftRow[]; label: string }) {
  const largest = Math.max(...rows.map(({ drift }) => Math.abs(drift)), 0.01);
  return (
    <ul aria-label={label} className="space-y-2.5">
      {rows.map(({ key, label: name, drift, text, detail }) => (
        <li key={key}>
          <div className="flex items-baseline justify-between gap-3">
            <span className="min-w-0 truncate">{name}</span>
            <span className="numbers shrink-0 whitespace-nowrap">
              <span className="text-muted mr-2 text-[13px]">{detail}</span>
              <span className="inline-block min-w-16 text-right font-medium">{text}</span>
            </span>
          </div>
          <div aria-hidden className="bg-inset relative mt-1 h-2 rounded-full">
            <div
              className={cn("absolute h-full rounded-full", drift < 0 ? "bg-chart-2" : "bg-chart-1")}
              style={{ width: `${(Math.abs(drift) / largest) * 50}%`, ...(drift < 0 ? { right: "50%" } : { left: "50%" }) }}
            />
            <div className="bg-muted absolute -top-0.5 left-1/2 h-3 w-px" />
          </div>
        </li>
      ))}
    </ul>
  );
}
