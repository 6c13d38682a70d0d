import { Card } from "@/components/ui/card";
import { Table, Td, Th } from "@/components/ui/table";
import type { PlannerTypes } from "@/lib/api/types";
import { useFormat } from "@/lib/format/client";
import { type Format, words } from "@/lib/format/format";
import { byGain } from "@/lib/retirement";

type Lever = PlannerTypes["Lever"];

/** What would raise the chance of success, most effective first. */
export function LeversCard({ projection: { levers, currency } }: { projection: PlannerTypes["Projection"] }) {
  const format = useFormat();
  return (
    <Card title="What would raise success most" note="Change of the chance by model, on the same paths; and how much of it alone reaches the target">
      {levers.length ? (
        <Table label="What would raise success most">
          <thead>
            <tr>
              <Th>Change</Th>
              <Th>Model</Th>
              <Th numeric>Gain</Th>
              <Th numeric>Chance then</Th>
              <Th numeric>Needed for the target</Th>
            </tr>
          </thead>
          <tbody>{byGain(levers).flatMap((lever) => leverRows(lever, currency, format))}</tbody>
        </Table>
      ) : (
        <p className="text-muted">Nothing was tried, because the chance of success is not known.</p>
      )}
    </Card>
  );
}

function leverRows(lever: Lever, currency: string, format: Format) {
  const amount = (value: string) => (lever.kind === "retire_later" ? format.count(Number(value), "year") : `${format.money(value, currency, 0)} a year`);
  return lever.effects.map(({ model, gain, success, needed }, index) => (
    <tr key={`${lever.kind} ${model}`}>
      {index === 0 && (
        <Th scope="rowgroup" rowSpan={lever.effects.length} className="text-text align-top">
          {words(lever.kind)}: {amount(lever.step)}
        </Th>
      )}
      <Td>{words(model)}</Td>
      <Td numeric>{format.points(gain)}</Td>
      <Td numeric>{format.percent(success)}</Td>
      <Td numeric>{needed === null ? "no amount does" : Number(needed) === 0 ? "reached" : amount(needed)}</Td>
    </tr>
  ));
}
