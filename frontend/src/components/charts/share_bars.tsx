import type { ReactNode } from "react";
import { cn } from "@/lib/class_names";

export interface ShareBar {
  key: string;
  label: string;
  /** 0 to 1. */
  share: number;
  /** The share and amount in words. */
  text: ReactNode;
  detail?: string;
  /** Marks what is not known, so that it does not look like a class of its own. */
  unknown?: boolean;
}

const COLOURS = ["bg-chart-1", "bg-chart-2", "bg-chart-3", "bg-chart-4", "bg-chart-5", "bg-chart-6"];

/** Shares of a whole as bars from a common start, which are easier to compare than the pieces of a pie. */
export function ShareBars({ bars, label }: { bars: ShareBar[]; label: string }) {
  const largest = Math.max(...bars.map(({ share }) => share), 0.0001);
  return (
    <ul aria-label={label} className="space-y-2.5">
      {bars.map(({ key, label: name, share, text, detail, unknown }, index) => (
        <li key={key}>
          <div className="flex items-baseline justify-between gap-3">
            <span className={cn("min-w-0 truncate", unknown && "text-warn")}>{name}</span>
            <span className="numbers shrink-0 whitespace-nowrap">
              {detail && <span className="text-muted mr-2 text-[13px]">{detail}</span>}
              <span className="inline-block min-w-14 text-right font-medium">{text}</span>
            </span>
          </div>
          <div aria-hidden className="bg-inset mt-1 h-2 overflow-hidden rounded-full">
            <div
              className={cn("h-full rounded-full", unknown ? "bg-warn/50" : COLOURS[Math.min(index, COLOURS.length - 1)])}
              style={{ width: `${Math.max(0, (share / largest) * 100)}%` }}
            />
          </div>
        </li>
      ))}
    </ul>
  );
}
