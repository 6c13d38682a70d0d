"use client";
import Link from "next/link";
import { StatusBadge } from "@/components/runs/status_badge";
import { UsedLine } from "@/components/runs/used_text";
import { ErrorState, Skeleton } from "@/components/ui/states";
import type { PlannerTypes, RunView } from "@/lib/api/types";
import { useLoaded } from "@/lib/api/use_loaded";
import { runPath } from "@/lib/runs/history";

type Child = PlannerTypes["ChildRun"];

/** The runs that a plan handed work to, each with what it used. `updatedAt` has them loaded anew when it changes. */
export function HandedOn({ runId, updatedAt }: { runId: string; updatedAt: string }) {
  const answer = useLoaded<RunView>("planner", `/runs/${encodeURIComponent(runId)}`, updatedAt);
  if (!answer) return <Skeleton className="h-12" />;
  if (!answer.ok) return <ErrorState what="The research of this plan" error={answer.error} live />;
  return (
    <ul className="space-y-2">
      {(answer.data.children ?? []).map((child) => <ChildLine key={child.call_id} child={child} />)}
    </ul>
  );
}

function ChildLine({ child }: { child: Child }) {
  const { status, reason, run_id: id } = child;
  return (
    <li>
      <span className="flex flex-wrap items-center gap-x-2">
        {id ? <Topic id={id} /> : <span>Research that was not begun</span>} <StatusBadge status={status} />
      </span>
      {id && child.usage && <UsedLine receipt={{ own: child.usage, total: child.usage }} budget={child.budget ?? {}} />}
      {reason && <span className="text-warn block">{reason}</span>}
    </li>
  );
}

/** What a piece of research is about, which only the researcher knows. */
function Topic({ id }: { id: string }) {
  const answer = useLoaded<RunView>("researcher", `/runs/${encodeURIComponent(id)}`);
  const topic = answer?.ok && typeof answer.data.input.topic === "string" ? answer.data.input.topic : null;
  return (
    <Link className="text-accent underline underline-offset-2 [overflow-wrap:anywhere]" href={runPath({ id, kind: "research" })} prefetch={false}>
      {topic ?? `Research ${id}`}
    </Link>
  );
}
