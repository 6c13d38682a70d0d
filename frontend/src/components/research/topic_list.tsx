import { Radar } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { TopicActions } from "@/components/research/topic_actions";
import { StatusBadge } from "@/components/runs/status_badge";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/states";
import type { Result } from "@/lib/api/errors";
import { loadResearchRun } from "@/lib/api/researcher";
import type { FollowedTopic, RunView } from "@/lib/api/types";
import { LocalTime } from "@/lib/format/client";
import { formatDuration } from "@/lib/format/duration";
import { requestFormat } from "@/lib/format/server";

const OPEN = new Set(["queued", "running", "waiting"]);

/** Every followed topic with its schedule, its last run and what it may use. */
export async function TopicList({ topics }: { topics: FollowedTopic[] }) {
  if (!topics.length) {
    return (
      <EmptyState icon={Radar} title="No topic is followed">
        Follow what matters to you, and each day&apos;s brief says what is new. Nothing runs before you say so.
      </EmptyState>
    );
  }
  const runs = await Promise.all(topics.map(({ last_run_id }) => (last_run_id ? loadResearchRun(last_run_id) : null)));
  return (
    <ul className="space-y-4">
      {topics.map((topic, index) => (
        <li key={topic.id}>
          <TopicCard topic={topic} run={runs[index] ?? null} />
        </li>
      ))}
    </ul>
  );
}

async function TopicCard({ topic: { id, topic, input, every, budget, due_at }, run }: { topic: FollowedTopic; run: Result<RunView> | null }) {
  const { locale, number, count, money } = await requestFormat();
  const running = run?.ok === true && OPEN.has(run.data.status);
  const limits = [
    budget.tokens && `${number(budget.tokens)} tokens`,
    budget.usd && money(budget.usd, "USD"),
    budget.turns && count(budget.turns, "model call"),
    budget.seconds && `${number(budget.seconds)} seconds`,
  ].filter(Boolean);
  return (
    <Card title={topic} note={input.symbols?.join(", ")} action={<TopicActions id={id} topic={topic} running={running} />}>
      <dl className="grid gap-x-6 gap-y-2 text-[13px] sm:grid-cols-2 xl:grid-cols-4">
        <Entry label="Every">{formatDuration(every, locale)}</Entry>
        <Entry label="Last run">
          <LastRun run={run} />
        </Entry>
        <Entry label="Next due">
          <NextDue iso={due_at} />
        </Entry>
        <Entry label="Each run may use">{limits.join(", ") || "no limit"}</Entry>
      </dl>
      {(input.sources ?? []).length > 0 && <p className="text-muted mt-2 text-[13px] [overflow-wrap:anywhere]">Begins with {input.sources?.join(", ")}</p>}
    </Card>
  );
}

function Entry({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-muted">{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function LastRun({ run }: { run: Result<RunView> | null }) {
  if (!run) return "none yet";
  if (!run.ok) return <span className="text-warn">{run.error.status === 404 ? "not kept any more" : run.error.message}</span>;
  const { id, status, updated_at, output } = run.data;
  return (
    <>
      <Link className="text-accent underline underline-offset-2" href={`/research/runs/${id}`} prefetch={false}>
        {OPEN.has(status) ? "See its progress" : <>{output ? "Brief" : "Run"} of <LocalTime iso={updated_at} /></>}
      </Link>{" "}
      <StatusBadge status={status} />
    </>
  );
}

function NextDue({ iso }: { iso: string }) {
  return new Date(iso) <= new Date() ? "now" : <LocalTime iso={iso} />;
}
