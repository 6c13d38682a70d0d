import type { Metadata } from "next";
import { BriefReport } from "@/components/research/brief_report";
import { ShowBrief } from "@/components/research/show_brief";
import { RunBill } from "@/components/runs/run_bill";
import { RunProgress } from "@/components/runs/run_progress";
import { StatusBadge } from "@/components/runs/status_badge";
import { PageHeader } from "@/components/shell/page_header";
import { ErrorState } from "@/components/ui/states";
import { loadBrief, loadResearchRun } from "@/lib/api/researcher";
import { LocalTime } from "@/lib/format/client";

export const metadata: Metadata = { title: "Brief" };

export default async function BriefPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const run = await loadResearchRun(id);
  // When the researcher is down the progress goes on by itself once it is back; only what it does not know is an error.
  if (!run.ok && run.error.status < 500) return <><PageHeader title="Brief" /><ErrorState what="The run" error={run.error} /></>;
  if (!run.ok || !run.data.output) return <Progress id={id} topic={run.ok ? topicOf(run.data.input) : "Research"} />;
  const brief = await loadBrief(id);
  return (
    <>
      <PageHeader title={topicOf(run.data.input)} note={<><LocalTime iso={run.data.updated_at} /> <StatusBadge status={run.data.status} /></>} />
      <div className="space-y-4">
        {brief.ok ? <BriefReport brief={brief.data} /> : <ErrorState what="The brief" error={brief.error} />}
        <RunBill service="researcher" runId={id} />
      </div>
    </>
  );
}

function Progress({ id, topic }: { id: string; topic: string }) {
  return (
    <>
      <PageHeader title={topic} note="You can close this page; it goes on from here when you come back." />
      <RunProgress service="researcher" runId={id} title="Researcher" done={<ShowBrief />} />
    </>
  );
}

function topicOf(input: Record<string, unknown>): string {
  return typeof input.topic === "string" ? input.topic : "Research";
}
