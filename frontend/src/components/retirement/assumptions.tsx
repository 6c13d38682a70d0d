import { AssumptionsTable } from "@/components/plan/assumptions_table";
import { Card } from "@/components/ui/card";
import type { PlannerTypes } from "@/lib/api/types";
import { useFormat } from "@/lib/format/client";
import { words } from "@/lib/format/format";

/** Each number that the outcomes rest on, with where it is from. */
export function Assumptions({ projection: { assumptions, history, notes } }: { projection: PlannerTypes["Projection"] }) {
  const format = useFormat();
  return (
    <Card title="Assumptions" note={`Past years: ${history.name}, ${history.first_year} to ${history.last_year}`}>
      <ul className="mb-3 list-disc space-y-1 pl-4 text-[13px] [overflow-wrap:anywhere]">
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
        {Object.entries(history.sources).map(([series, source]) => (
          <li key={series}>
            {words(series)}: {source}
          </li>
        ))}
      </ul>
      <AssumptionsTable assumptions={assumptions} format={format} />
    </Card>
  );
}
