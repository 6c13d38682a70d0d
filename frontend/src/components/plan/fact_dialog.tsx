"use client";
import type { RefObject } from "react";
import { Dialog } from "@/components/ui/dialog";
import { ErrorState, Skeleton } from "@/components/ui/states";
import type { PlannerTypes } from "@/lib/api/types";
import { useLoaded } from "@/lib/api/use_loaded";
import { useFormat } from "@/lib/format/client";

interface FactDialogProps {
  planId: string;
  /** More than one when several figures read alike. */
  ids: string[];
  /** Gets the focus when it closes. */
  focusAfter: RefObject<HTMLElement | null>;
  onOpen: (ids: string[]) => void;
  onClose: () => void;
}

/** A figure's formula, source and what it was computed from; each of those opens in turn. */
export default function FactDialog({ planId, ids, focusAfter, onOpen, onClose }: FactDialogProps) {
  const note = ids.length > 1 ? `${ids.length} figures of this plan read alike; these are their calculations.` : "Computed by code; the model only writes it down.";
  return (
    <Dialog open onOpenChange={onClose} focusAfter={focusAfter} title="How this figure is computed" note={note}>
      <div className="space-y-6">
        {ids.map((id) => (
          <Calculation key={id} planId={planId} id={id} onOpen={onOpen} />
        ))}
      </div>
    </Dialog>
  );
}

function Calculation({ planId, id, onOpen }: { planId: string; id: string; onOpen: (ids: string[]) => void }) {
  const format = useFormat();
  const answer = useLoaded<PlannerTypes["OpenedFact"]>("planner", `/plans/${planId}/facts/${encodeURIComponent(id)}`);
  if (!answer) return <Skeleton className="h-28" />;
  if (!answer.ok) return <ErrorState what="The calculation" error={answer.error} live />;
  const { fact, inputs } = answer.data;
  const named = Object.entries(fact.inputs ?? {});
  return (
    <section aria-label={fact.label}>
      <p className="text-muted">{fact.label.charAt(0).toUpperCase() + fact.label.slice(1)}</p>
      <p className="numbers text-xl font-semibold">{format.prose(fact.formatted)}</p>
      <h3 className="mt-3 text-[13px] font-medium">Formula or source</h3>
      <p className="bg-inset mt-1 rounded-md px-3 py-2 font-mono text-[13px] [overflow-wrap:anywhere]">{fact.source}</p>
      {named.length > 0 && (
        <dl className="mt-3 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-[13px]">
          {named.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-muted">{name.replaceAll("_", " ")}</dt>
              <dd className="numbers">{format.prose(value)}</dd>
            </div>
          ))}
        </dl>
      )}
      {inputs.length > 0 && (
        <>
          <h3 className="mt-3 text-[13px] font-medium">Computed from</h3>
          <ul className="divide-line mt-1 divide-y text-[13px]">
            {inputs.map(({ id: input, label, formatted }) => (
              <li key={input}>
                <button type="button" className="hover:bg-inset flex w-full items-baseline justify-between gap-4 px-1 py-1.5 text-left" onClick={() => onOpen([input])}>
                  <span className="underline decoration-dotted underline-offset-4">{label}</span>
                  <span className="numbers whitespace-nowrap">{format.prose(formatted)}</span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
