import { SourceAddress } from "@/components/evidence/web_link";
import { Badge } from "@/components/ui/badge";
import type { ResearcherTypes } from "@/lib/api/types";

const KINDS = { new: { tone: "good", words: "new" }, gone: { tone: "warn", words: "gone" } } as const;

/** What a brief found to be different from all earlier research on its topic. */
export function BriefChanges({ changes }: { changes: ResearcherTypes["Change"][] }) {
  if (!changes.length) return <p className="text-[13px]">Nothing new.</p>;
  return (
    <ul className="space-y-2 text-[13px]">
      {changes.map(({ kind, quote, source_url }, index) => (
        <li key={index} className="[overflow-wrap:anywhere]">
          <Badge tone={KINDS[kind].tone}>{KINDS[kind].words}</Badge> <q className={kind === "gone" ? "line-through" : ""}>{quote}</q>{" "}
          <SourceAddress url={source_url} />
        </li>
      ))}
    </ul>
  );
}
