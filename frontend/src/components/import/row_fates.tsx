import type { DraftAnswer } from "@/lib/api/types";

type Fate = DraftAnswer["fates"][number];

/** Every row that is not imported: errors with their place and reason, the others gathered by reason. */
export function RowFates({ fates }: { fates: Fate[] }) {
  const errors = fates.filter(({ fate }) => fate === "error");
  const ignored = groupByReason(fates.filter(({ fate }) => fate === "ignored"));
  return (
    <div className="mt-4 space-y-3">
      {errors.length > 0 && (
        <div>
          <h3 className="text-bad font-medium">Rows that cannot be read</h3>
          <ul className="mt-1 list-disc space-y-0.5 pl-4 text-[13px]">
            {errors.map(({ line, column, reason }) => (
              <li key={`${line} ${column}`}>
                Line {line}{column && `, column ${column}`}: {reason}
              </li>
            ))}
          </ul>
        </div>
      )}
      {ignored.length > 0 && (
        <details>
          <summary className="text-muted cursor-pointer">Rows left out on purpose, and why</summary>
          <ul className="mt-1 list-disc space-y-0.5 pl-4 text-[13px]">
            {ignored.map(({ reason, lines }) => (
              <li key={reason}>
                {reason}: {lines.length === 1 ? "line" : "lines"} {lines.join(", ")}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function groupByReason(fates: Fate[]): { reason: string; lines: number[] }[] {
  const groups = new Map<string, number[]>();
  for (const { reason, line } of fates) groups.set(reason, [...(groups.get(reason) ?? []), line]);
  return [...groups].map(([reason, lines]) => ({ reason, lines }));
}
