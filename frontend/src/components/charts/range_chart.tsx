"use client";
import { scaleLinear } from "d3-scale";
import { area, line } from "d3-shape";
import { useEffect, useRef, useState } from "react";
import { useFormat } from "@/lib/format/client";

export interface RangePoint {
  year: number;
  p5: number;
  p25: number;
  p50: number;
  p75: number;
  p95: number;
}

const HEIGHT = 280;
/** Before the place is measured, and on paper, where a chart is scaled to the sheet. */
const UNSEEN_WIDTH = 640;
const MARGIN = { top: 12, right: 12, bottom: 26, left: 64 };

/** How far a value may go over the years: the middle half, nine tenths, and the middle. Its numbers are in `label` and the table. */
export function RangeChart({ points, currency, label }: { points: RangePoint[]; currency: string | null; label: string }) {
  const format = useFormat();
  const [box, width] = useWidth();
  const x = scaleLinear([points[0]?.year ?? 0, points.at(-1)?.year ?? 1], [MARGIN.left, width - MARGIN.right]);
  const y = scaleLinear([0, Math.max(...points.map(({ p95 }) => p95), 1)], [HEIGHT - MARGIN.bottom, MARGIN.top]).nice(5);
  const band = (low: "p5" | "p25", high: "p75" | "p95") =>
    area<RangePoint>((point) => x(point.year), (point) => y(point[low]), (point) => y(point[high]))(points) ?? "";
  const compact = new Intl.NumberFormat(format.locale, { notation: "compact", maximumFractionDigits: 1 });
  return (
    <div ref={box}>
      <svg role="img" aria-label={label} viewBox={`0 0 ${width} ${HEIGHT}`} className="block h-auto w-full">
        {y.ticks(5).map((tick) => (
          <g key={tick}>
            <line x1={MARGIN.left} x2={width - MARGIN.right} y1={y(tick)} y2={y(tick)} className="stroke-line" />
            <text x={MARGIN.left - 8} y={y(tick)} dy="0.32em" textAnchor="end" className="fill-muted text-[11px]">
              {compact.format(tick)}
            </text>
          </g>
        ))}
        {x.ticks(Math.min(points.length, 6)).filter(Number.isInteger).map((tick) => (
          <text key={tick} x={x(tick)} y={HEIGHT - 8} textAnchor="middle" className="fill-muted text-[11px]">
            {tick}
          </text>
        ))}
        <path d={band("p5", "p95")} className="fill-chart-1" opacity={0.16} />
        <path d={band("p25", "p75")} className="fill-chart-1" opacity={0.3} />
        <path d={line<RangePoint>((point) => x(point.year), (point) => y(point.p50))(points) ?? ""} fill="none" strokeWidth={2} className="stroke-chart-1" />
      </svg>
      <p className="text-muted mt-1 text-xs">
        Years from now, {currency ?? "value"} in today&apos;s money. Line: the middle outcome. Dark band: half of the outcomes. Light band: nine of ten.
      </p>
    </div>
  );
}

/** The width of the chart in its own units: that of its place once that is known, so that letters keep their size. */
function useWidth() {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(UNSEEN_WIDTH);
  useEffect(() => {
    if (!box.current) return;
    const observer = new ResizeObserver(([entry]) => entry && entry.contentRect.width > 0 && setWidth(Math.max(240, Math.floor(entry.contentRect.width))));
    observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  return [box, width] as const;
}
