import Link from "next/link";
import { StatusBadge } from "@/components/runs/status_badge";
import { Badge } from "@/components/ui/badge";
import type { BriefSummary } from "@/lib/api/types";
import { LocalTime } from "@/lib/format/client";

/** Briefs by their topics, each a link. */
export function BriefList({ briefs }: { briefs: BriefSummary[] }) {
  return (
    <ul className="divide-line divide-y">
      {briefs.map(({ run_id, topic, topic_id, status, ended_at, findings }) => (
        <li key={run_id} className="flex flex-wrap items-baseline gap-x-3 gap-y-1 py-2">
          <Link className="text-accent font-medium underline underline-offset-2 [overflow-wrap:anywhere]" href={`/research/runs/${run_id}`} prefetch={false}>
            {topic}
          </Link>
          <StatusBadge status={status} />
          {topic_id && <Badge>followed</Badge>}
          <span className="text-muted text-[13px]">
            {findings === 1 ? "1 finding" : `${findings} findings`}, <LocalTime iso={ended_at} />
          </span>
        </li>
      ))}
    </ul>
  );
}
