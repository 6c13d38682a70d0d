import { Table, Td, Th } from "@/components/ui/table";
import type { PlannerTypes } from "@/lib/api/types";
import type { Format } from "@/lib/format/format";

/** The numbers that outcomes rest on, each with its source, to unfold. */
export function AssumptionsTable({ assumptions, format }: { assumptions: PlannerTypes["Assumption"][]; format: Format }) {
  return (
    <details>
      <summary className="cursor-pointer">{format.count(assumptions.length, "assumption")} with source</summary>
      <Table label="Assumptions" className="mt-3">
        <thead>
          <tr>
            <Th>Assumption</Th>
            <Th numeric>Value</Th>
            <Th>Source and note</Th>
          </tr>
        </thead>
        <tbody>
          {assumptions.map(({ name, value, unit, source, note }) => (
            <tr key={name}>
              <Th scope="row" className="text-text align-top">{name.replaceAll(/[._]/g, " ")}</Th>
              <Td numeric>{format.prose(value)} {unit}</Td>
              <Td className="min-w-72 [overflow-wrap:anywhere]">
                {source}
                {note && <span className="text-muted block">{note}</span>}
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </details>
  );
}
