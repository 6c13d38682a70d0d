import { Card } from "@/components/ui/card";
import { Table, Td, Th } from "@/components/ui/table";
import type { PlannerTypes } from "@/lib/api/types";
import { words } from "@/lib/format/format";

/** Each number that the outcomes rest on, with where it is from. */
export function Assumptions({ projection: { assumptions, history, notes } }: { projection: PlannerTypes["Projection"] }) {
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
      <details>
        <summary className="text-muted cursor-pointer text-[13px]">All {assumptions.length} values and their sources</summary>
        <Table label="Assumptions">
          <thead>
            <tr>
              <Th>Name</Th>
              <Th numeric>Value</Th>
              <Th>Source</Th>
            </tr>
          </thead>
          <tbody>
            {assumptions.map(({ name, value, unit, source, note }) => (
              <tr key={name}>
                <Th scope="row" className="text-text">{name}</Th>
                <Td numeric>{value} {unit}</Td>
                <Td className="min-w-56">
                  {source}
                  {note && <span className="text-muted block">{note}</span>}
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      </details>
    </Card>
  );
}
