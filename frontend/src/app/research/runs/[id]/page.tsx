import type { Metadata } from "next";
import { RunProgress } from "@/components/runs/run_progress";
import { PageHeader } from "@/components/shell/page_header";
import { Alert } from "@/components/ui/alert";
import { ErrorState } from "@/components/ui/states";
import type { RunView } from "@/lib/api/types";
import { load } from "@/lib/server/call";

export const metadata: Metadata = { title: "Research" };

export default async function ResearchRunPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const run = await load<RunView>("researcher", `/runs/${encodeURIComponent(id)}`);
  // When the researcher is down the progress goes on by itself once it is back; only what it does not know is an error.
  if (!run.ok && run.error.status < 500) return <><PageHeader title="Research" /><ErrorState what="The run" error={run.error} /></>;
  const topic = run.ok && typeof run.data.input.topic === "string" ? run.data.input.topic : "Research";
  return (
    <>
      <PageHeader title={topic} note="You can close this page; it goes on from here when you come back." />
      <RunProgress service="researcher" runId={id} title="Researcher" done={<Alert title="The research is done">What it read and found is in the knowledge base.</Alert>} />
    </>
  );
}
