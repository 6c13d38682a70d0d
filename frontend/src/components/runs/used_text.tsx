import type { Used } from "@/lib/runs/history";

/** What was used; what cannot be told is named where its number would be. */
export function UsedText({ used, limit }: Pick<Used, "used" | "limit">) {
  return (
    <>
      {used ?? <span className="text-warn">not known</span>}
      {limit && <span className="text-muted block">of {limit}</span>}
    </>
  );
}
