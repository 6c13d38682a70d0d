"use client";
import { ChevronDown, ChevronRight } from "lucide-react";
import Link from "next/link";
import { useId, useRef, useState } from "react";
import { CancelRun } from "@/components/runs/cancel_run";
import { HandedOn } from "@/components/runs/handed_on";
import { StatusBadge } from "@/components/runs/status_badge";
import { UsedLine, UsedText } from "@/components/runs/used_text";
import { Td, Th } from "@/components/ui/table";
import type { RunSummary, RunView } from "@/lib/api/types";
import { LocalTime, useFormat } from "@/lib/format/client";
import { USED_NAMES, isOpen, runPath, usedOf } from "@/lib/runs/history";

interface RunRowProps {
  run: RunSummary;
  service: "planner" | "researcher";
  /** Name of the portfolio that a plan is about. */
  name: string | undefined;
  onCancelled: (run: RunView, about: string) => void;
}

/** Where there is no room for columns, what was used stands in one line below the run. */
export const WIDE_CELL = "hidden sm:table-cell";

/** A run with what it used, a way to it, and below it, when asked for, the runs that it handed work to. */
export function RunRow({ run, service, name, onCancelled }: RunRowProps) {
  const [opened, setOpened] = useState(false);
  const link = useRef<HTMLAnchorElement>(null);
  const below = useId();
  const about = run.kind === "plan" ? (name ? `Plan for ${name}` : "Plan") : run.subject;
  const children = run.receipt.delegated_runs;
  const Chevron = opened ? ChevronDown : ChevronRight;
  return (
    <>
      <tr>
        <Th scope="row" className="text-text align-top">
          <Link ref={link} className="text-accent underline underline-offset-2 [overflow-wrap:anywhere]" href={runPath(run)} prefetch={false}>{about}</Link>
          <span className="text-muted block font-normal"><LocalTime iso={run.created_at} />, {run.model || "model not known"}</span>
          <UsedLine {...run} className="font-normal sm:hidden" />
          {children > 0 && (
            <button type="button" aria-expanded={opened} aria-controls={below} className="text-muted hover:text-text -ml-1 inline-flex min-h-6 items-center gap-1 font-normal" onClick={() => setOpened(!opened)}>
              <Chevron aria-hidden className="size-4" />
              {children === 1 ? "1 research run" : `${children} research runs`}
              <span className="sr-only"> of {about}</span>
            </button>
          )}
        </Th>
        <Td className="max-w-72">
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <StatusBadge status={run.status} />
            {isOpen(run) && <CancelRun service={service} id={run.id} about={about} focusAfter={link} onCancelled={(cancelled) => onCancelled(cancelled, about)} />}
          </span>
          {run.error && <span className="mt-1 block [overflow-wrap:anywhere]">{run.error.message}</span>}
        </Td>
        <UsedCells run={run} />
      </tr>
      {children > 0 && (
        <tr id={below} hidden={!opened}>
          <td colSpan={2 + USED_NAMES.length} className="border-line border-b pb-3 pl-5">{opened && <HandedOn runId={run.id} updatedAt={run.updated_at} />}</td>
        </tr>
      )}
    </>
  );
}

function UsedCells({ run }: { run: RunSummary }) {
  const format = useFormat();
  return usedOf(run, format).map((used) => <Td key={used.name} numeric className={WIDE_CELL}><UsedText {...used} /></Td>);
}
