"use client";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Input, Select } from "@/components/ui/field";
import { Table, Td, Th } from "@/components/ui/table";
import { useFormat } from "@/lib/format/client";
import { FIELDS, type Field, type Mapping, type TableColumns, lacksPrice, mappingProblem, proposedMapping } from "@/lib/import/mapping";

interface MappingFormProps {
  table: TableColumns;
  pending: boolean;
  onPreview: (mapping: Mapping) => void;
}

/** The columns of a table that nobody knows, with samples, and the question what each of them is. */
export function MappingForm({ table, pending, onPreview }: MappingFormProps) {
  const format = useFormat();
  const [mapping, setMapping] = useState(() => proposedMapping(table));
  const [asked, setAsked] = useState(false);
  const problem = mappingProblem(mapping);
  const preview = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (!problem) onPreview(mapping);
  };
  return (
    <Card
      title="Which column is which?"
      note={`The headings stand in line ${format.number(table.line)}, with ${format.number(table.rows)} rows below. What is filled in already is a proposal; nothing is kept before you have seen what becomes of every row.`}
    >
      <form onSubmit={preview} className="space-y-4">
        <ColumnTable table={table} mapping={mapping} onChange={(heading, field) => setMapping({ ...mapping, columns: { ...mapping.columns, [heading]: field } })} />
        <Writing mapping={mapping} onChange={(part) => setMapping({ ...mapping, ...part })} />
        {lacksPrice(mapping) && (
          <p className="text-warn text-[13px]">No column is the price of one: the holdings will have no price. A value of all is only compared with price and quantity.</p>
        )}
        {asked && problem && (
          <p role="alert" className="text-bad text-[13px] font-medium">
            {problem}
          </p>
        )}
        <Button type="submit" look="primary" disabled={pending}>
          {pending ? "Reading …" : "See what becomes of it"}
        </Button>
      </form>
    </Card>
  );
}

function ColumnTable({ table, mapping, onChange }: { table: TableColumns; mapping: Mapping; onChange: (heading: string, field: Field | "") => void }) {
  return (
    <Table label="Columns of the file">
      <thead>
        <tr>
          <Th>Column</Th>
          <Th>What it is</Th>
          <Th>Its first cells</Th>
        </tr>
      </thead>
      <tbody>
        {table.columns.map(({ heading, samples }) => (
          <tr key={heading}>
            <Th scope="row" className="text-text max-w-40 [overflow-wrap:anywhere]">
              {heading}
            </Th>
            <Td className="min-w-36">
              <select
                aria-label={`What ${heading} is`}
                className="border-line bg-card min-h-9 w-full rounded-md border px-2 text-[13px]"
                value={mapping.columns[heading] ?? ""}
                onChange={(event) => onChange(heading, event.target.value as Field | "")}
              >
                <option value="">Left out</option>
                {FIELDS.map(({ field, title }) => (
                  <option key={field} value={field}>
                    {title}
                  </option>
                ))}
              </select>
            </Td>
            <Td className="text-muted align-middle [overflow-wrap:anywhere]">{samples.length ? samples.join(" · ") : "empty"}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** How amounts and days are written, and in what currency, where the columns do not say it. */
function Writing({ mapping, onChange }: { mapping: Mapping; onChange: (part: Partial<Mapping>) => void }) {
  const hasCurrency = Object.values(mapping.columns).includes("currency");
  return (
    <div className="grid items-start gap-4 sm:grid-cols-3">
      <Input
        label="Currency of all rows"
        hint={hasCurrency ? "Only for rows whose currency is empty." : "Three letters, such as USD: no column says it."}
        maxLength={3}
        autoCapitalize="characters"
        value={mapping.currency}
        onChange={(event) => onChange({ currency: event.target.value })}
      />
      <Select label="Decimals are divided by" value={mapping.decimal} onChange={(event) => onChange({ decimal: event.target.value as Mapping["decimal"] })}>
        <option value="">what the columns show</option>
        <option value="point">a point, 1,234.50</option>
        <option value="comma">a comma, 1.234,50</option>
      </Select>
      <Select label="Days are written" value={mapping.dates} onChange={(event) => onChange({ dates: event.target.value as Mapping["dates"] })}>
        <option value="">as the columns show</option>
        <option value="dmy">day first, 31.12.2026</option>
        <option value="mdy">month first, 12/31/2026</option>
      </Select>
    </div>
  );
}
