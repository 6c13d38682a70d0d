"use client";
import { cn } from "@/lib/class_names";
import { useFormat } from "@/lib/format/client";
import { type Bill, type Used, usedOf } from "@/lib/runs/history";

/** What was used; what cannot be told is named where its number would be. */
export function UsedText({ used, limit }: Pick<Used, "used" | "limit">) {
  return (
    <>
      {used ?? <span className="text-warn">not known</span>}
      {limit && <span className="text-muted block">of {limit}</span>}
    </>
  );
}

/** All that was used, in one line. */
export function UsedLine({ receipt, budget, className }: Bill & { className?: string }) {
  const used = usedOf({ receipt, budget }, useFormat());
  const texts = used.map(({ name, used: amount, limit }) => `${name}: ${amount ?? "not known"}${limit ? ` of ${limit}` : ""}`);
  return <span className={cn("text-muted numbers block", className)}>{texts.join(" · ")}</span>;
}
