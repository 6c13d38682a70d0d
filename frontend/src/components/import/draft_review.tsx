"use client";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { RowFates } from "@/components/import/row_fates";
import { Alert } from "@/components/ui/alert";
import { Badge } from "@/components/ui/badge";
import { Button, buttonClasses } from "@/components/ui/button";
import { Card, Stat } from "@/components/ui/card";
import { Input } from "@/components/ui/field";
import { ErrorState } from "@/components/ui/states";
import { Table, Td, Th } from "@/components/ui/table";
import { callApi } from "@/lib/api/browser";
import type { ApiError } from "@/lib/api/errors";
import type { DraftAnswer, PlannerTypes } from "@/lib/api/types";
import { rememberChoice } from "@/lib/choices";
import { useFormat } from "@/lib/format/client";
import { sentence } from "@/lib/format/format";

type Kept = PlannerTypes["ConfirmedImport"];

/** What a file would become, every row accounted for, and the question whether to keep it. */
export function DraftReview({ draft, suggestedName }: { draft: DraftAnswer; suggestedName: string }) {
  const format = useFormat();
  const [kept, setKept] = useState<Kept | null>(null);
  if (kept) return <KeptNotice kept={kept} />;
  return (
    <>
      <Card title="What becomes of the file" note={draft.broker === "-" ? draft.format.replaceAll("_", " ") : draft.broker}>
        <dl className="grid grid-cols-2 gap-4 sm:grid-cols-4">
          <Stat label="Rows" value={format.number(draft.rows)} detail="each is one of these" />
          <Stat label="Imported" value={format.number(draft.imported)} detail={`${format.count(draft.positions.length, "position")}, ${format.count(draft.activities.length, "activity", "activities")}`} />
          <Stat label="Left out on purpose" value={format.number(draft.ignored)} />
          <Stat label="Cannot be read" value={<span className={draft.errors ? "text-bad" : ""}>{format.number(draft.errors)}</span>} />
        </dl>
        <RowFates fates={draft.fates} />
      </Card>
      <Notes draft={draft} />
      <KeepForm draft={draft} suggestedName={suggestedName} onKept={setKept} />
      <Positions draft={draft} />
    </>
  );
}

function Notes({ draft: { notes, differences, unpriced } }: { draft: DraftAnswer }) {
  const format = useFormat();
  if (!notes.length && !differences.length && !unpriced.length) return null;
  return (
    <Alert tone="warn" title="Worth a look before you keep it">
      <ul className="list-disc space-y-0.5 pl-4">
        {unpriced.length > 0 && <li>No price for {unpriced.join(", ")}: the total will say that it is incomplete.</li>}
        {notes.map((note) => <li key={note}>{format.prose(sentence(note))}</li>)}
        {differences.map(({ line, what, stated, computed, currency }) => (
          <li key={`${line} ${what}`}>
            Line {line}: the file says {format.money(stated, currency)} for {what}, computed are {format.money(computed, currency)}.
          </li>
        ))}
      </ul>
    </Alert>
  );
}

function Positions({ draft }: { draft: DraftAnswer }) {
  const format = useFormat();
  if (!draft.positions.length) return <Alert tone="bad" title="The file has no positions">Choose an export of positions, or of all activity.</Alert>;
  return (
    <Card title="Positions">
      <Table label="Positions of the file">
        <thead>
          <tr>
            <Th>Holding</Th>
            <Th>Account</Th>
            <Th numeric>Quantity</Th>
            <Th numeric>Price</Th>
            <Th numeric>Price date</Th>
          </tr>
        </thead>
        <tbody>
          {draft.positions.map(({ symbol, name, account, quantity, price, currency, price_date }, index) => (
            <tr key={index}>
              <Th scope="row" className="text-text">
                {symbol} {name && <span className="text-muted block font-normal">{name}</span>}
              </Th>
              <Td>{account ?? "–"}</Td>
              <Td numeric>{format.quantity(quantity)}</Td>
              <Td numeric>{price ? format.money(price, currency) : <Badge tone="warn">no price</Badge>}</Td>
              <Td numeric>{price_date ? format.day(price_date) : "–"}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

function KeepForm({ draft, suggestedName, onKept }: { draft: DraftAnswer; suggestedName: string; onKept: (kept: Kept) => void }) {
  const router = useRouter();
  const format = useFormat();
  const [name, setName] = useState(suggestedName);
  const [leaveOut, setLeaveOut] = useState(false);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const keep = async (event: FormEvent) => {
    event.preventDefault();
    setPending(true);
    const query = new URLSearchParams({ name: name.trim() || "portfolio", leave_out_errors: String(leaveOut) });
    const answer = await callApi<Kept>("planner", `/portfolios/import/${draft.id}/confirm?${query}`, { method: "POST" });
    setPending(false);
    if (!answer.ok) return setError(answer.error);
    rememberChoice("portfolio", answer.data.id);
    onKept(answer.data);
    router.refresh();
  };
  return (
    <Card title="Keep it">
      <form onSubmit={keep} className="space-y-3">
        <div className="max-w-sm">
          <Input label="Name" value={name} onChange={(event) => setName(event.target.value)} maxLength={100} placeholder="portfolio" hint="Snapshots of the same name are compared with each other." />
        </div>
        {draft.errors > 0 && (
          <label className="flex items-start gap-2">
            <input type="checkbox" className="mt-1 size-4" checked={leaveOut} onChange={(event) => setLeaveOut(event.target.checked)} />
            <span>Leave out the {draft.errors === 1 ? "row that cannot" : `${draft.errors} rows that cannot`} be read</span>
          </label>
        )}
        {error && <ErrorState what="The snapshot" error={error} live />}
        <Button type="submit" look="primary" disabled={pending || !draft.positions.length || (draft.errors > 0 && !leaveOut)}>
          Keep {format.count(draft.positions.length, "position")}
        </Button>
      </form>
    </Card>
  );
}

function KeptNotice({ kept }: { kept: Kept }) {
  const format = useFormat();
  return (
    <Alert title={`${kept.name} is kept with ${format.count(kept.positions.length, "position")}`} live>
      {kept.left_out > 0 && <p>Left out because it cannot be read: {format.count(kept.left_out, "row")}.</p>}
      <p className="mt-3 flex flex-wrap gap-2">
        <Link className={buttonClasses("primary")} href="/">
          See where it stands
        </Link>
        <Link className={buttonClasses()} href="/plan">
          Make a plan
        </Link>
      </p>
    </Alert>
  );
}
