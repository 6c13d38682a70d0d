import type { Metadata } from "next";
import Link from "next/link";
import { RunProgress } from "@/components/runs/run_progress";
import { PageHeader } from "@/components/shell/page_header";
import { Alert } from "@/components/ui/alert";
import { buttonClasses } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/states";
import type { RunView } from "@/lib/api/types";
import { LocalTime } from "@/lib/format/client";
import { isOpen } from "@/lib/runs/history";
import { load } from "@/lib/server/call";

export const metadata: Metadata = { title: "Making a plan" };

/** A plan has the same id as the run that made it, but for the first word. */
const planOf = (runId: string) => runId.replace(/^run_/, "plan_");

export default async function PlanRunPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const run = await load<RunView>("planner", `/runs/${encodeURIComponent(id)}`);
  // When the planner is down the progress goes on by itself once it is back; only what it does not know is an error.
  if (!run.ok && run.error.status < 500) return <><PageHeader title="Plan" /><ErrorState what="The run" error={run.error} /></>;
  const over = run.ok && !isOpen(run.data);
  return (
    <>
      {over ? <PageHeader title="How this plan was made" note={<>Begun <LocalTime iso={run.data.created_at} /></>} /> : <PageHeader title="Your plan is being made" note="You can close this page; it goes on from here when you come back." />}
      <RunProgress
        service="planner"
        runId={id}
        title="Planner"
        done={
          <Alert title="The plan is ready">
            <Link className={`${buttonClasses("primary")} mt-2`} href={`/plan/${planOf(id)}`}>
              Read the plan
            </Link>
          </Alert>
        }
      />
    </>
  );
}
