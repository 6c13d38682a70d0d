"use client";
import { UsedText } from "@/components/runs/used_text";
import { Card } from "@/components/ui/card";
import { ErrorState, Skeleton } from "@/components/ui/states";
import type { RunView } from "@/lib/api/types";
import { useLoaded } from "@/lib/api/use_loaded";
import { useFormat } from "@/lib/format/client";
import { unknownCosts, usedOf } from "@/lib/runs/history";

/** What a run that is over has used, the runs that it handed work to included. */
export function RunBill({ service, runId }: { service: "planner" | "researcher"; runId: string }) {
  const format = useFormat();
  const answer = useLoaded<RunView>(service, `/runs/${encodeURIComponent(runId)}`);
  if (!answer) return <Skeleton className="h-28" />;
  if (!answer.ok) return <ErrorState what="What it used" error={answer.error} live />;
  const { receipt, model } = answer.data;
  const reasons = unknownCosts([answer.data]);
  const handedOn = receipt.delegated_runs ? `; the runs that it handed work to (${receipt.delegated_runs}) are counted in all but the time` : "";
  return (
    <Card title="What it used" note={`Model: ${model || "not known"}${handedOn}`}>
      <dl className="grid grid-cols-2 gap-4 sm:grid-cols-4">
        {usedOf(answer.data, format).map((used) => (
          <div key={used.name} className="min-w-0">
            <dt className="text-muted text-[13px]">{used.name}</dt>
            <dd className="numbers mt-0.5 font-semibold"><UsedText {...used} /></dd>
          </div>
        ))}
      </dl>
      {reasons.length > 0 && <p className="text-muted mt-2 text-[13px]">The cost is not known: {reasons.join(", ")}.</p>}
    </Card>
  );
}
