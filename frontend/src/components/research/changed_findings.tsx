import Link from "next/link";
import { BriefChanges } from "@/components/research/brief_changes";
import { StatusBadge } from "@/components/runs/status_badge";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/states";
import { loadBriefs } from "@/lib/api/researcher";
import type { BriefSummary } from "@/lib/api/types";
import { LocalTime } from "@/lib/format/client";

const MOST_BRIEFS = 50;

/** What research that ended since then found to be different. */
export async function ChangedFindings({ since }: { since: string }) {
  const answer = await loadBriefs({ since, limit: MOST_BRIEFS });
  if (!answer.ok) return <ErrorState what="New findings" error={answer.error} />;
  const { briefs, next_before } = answer.data;
  const followed = briefs.filter(({ topic_id }) => topic_id);
  const others = briefs.filter(({ topic_id }) => !topic_id);
  return (
    <>
      <Card title="Followed topics" note="Each brief says what is new or gone against all research on its topic before it.">
        {followed.length ? <Briefs briefs={followed} /> : <p>No followed topic was researched.</p>}
      </Card>
      {others.length > 0 && (
        <Card title="Other research" note="Questions, and what plans had researched">
          <Briefs briefs={others} />
        </Card>
      )}
      {next_before && <p className="text-muted text-[13px]">These are the last {MOST_BRIEFS} briefs; <Link className="text-accent underline" href="/research/ask">earlier ones</Link> are listed under Ask.</p>}
    </>
  );
}

function Briefs({ briefs }: { briefs: BriefSummary[] }) {
  return (
    <ul className="divide-line divide-y">
      {briefs.map((brief) => (
        <li key={brief.run_id} className="space-y-2 py-3 first:pt-0">
          <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
            <Link className="text-accent font-medium underline underline-offset-2 [overflow-wrap:anywhere]" href={`/research/runs/${brief.run_id}`} prefetch={false}>
              {brief.topic}
            </Link>
            <StatusBadge status={brief.status} />
            <span className="text-muted text-[13px]">
              <LocalTime iso={brief.ended_at} />
            </span>
          </p>
          {brief.changes ? (
            <BriefChanges changes={brief.changes} />
          ) : (
            <p className="text-[13px]">
              <Badge>first research</Badge> {brief.findings === 1 ? "1 finding" : `${brief.findings} findings`}, nothing earlier to compare with.
            </p>
          )}
          {brief.missing.length > 0 && <p className="text-warn text-[13px] [overflow-wrap:anywhere]">Incomplete: {brief.missing.join("; ")}</p>}
        </li>
      ))}
    </ul>
  );
}
