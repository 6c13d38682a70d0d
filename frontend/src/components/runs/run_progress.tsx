"use client";
import { Check, LoaderCircle, TriangleAlert } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";
import { CancelRun } from "@/components/runs/cancel_run";
import { RunBill } from "@/components/runs/run_bill";
import { StatusBadge } from "@/components/runs/status_badge";
import { Alert } from "@/components/ui/alert";
import { Card } from "@/components/ui/card";
import { type Step, type Story, tellStory } from "@/lib/runs/story";
import { useRunEvents } from "@/lib/runs/use_run_events";

/** The live progress of a run and of the runs that it hands work to. `done` is shown when it ended with a result. */
export function RunProgress({ service, runId, title, done }: { service: "planner" | "researcher"; runId: string; title: string; done: ReactNode }) {
  const progress = useRef<HTMLDivElement>(null);
  const { events, connected, over } = useRunEvents(service, runId);
  const story = tellStory(events);
  useRefreshedWhen(over);
  return (
    <div ref={progress} tabIndex={-1} className="space-y-4 outline-none">
      {!connected && !over && (
        <Alert tone="warn" title={`The ${service} does not answer at the moment`} live>
          Everything done so far is kept there. This page tries again by itself and goes on where it was.
        </Alert>
      )}
      <Ending story={story} done={done} />
      <Card title={title} action={over ? <StatusBadge status={story.ended ?? "running"} /> : <CancelRun service={service} id={runId} focusAfter={progress} />}>
        <Steps steps={story.steps} over={over} />
      </Card>
      {story.children.length > 0 && (
        <div className="grid gap-4 lg:grid-cols-2">
          {story.children.map((child) => (
            <ChildProgress key={child.runId} runId={child.runId} subject={child.subject} status={child.status} />
          ))}
        </div>
      )}
      {over && <RunBill service={service} runId={runId} />}
    </div>
  );
}

/** What the server wrote around the progress, such as the heading, says what was so when the page was opened. */
function useRefreshedWhen(over: boolean) {
  const router = useRouter();
  useEffect(() => {
    if (over) router.refresh();
  }, [router, over]);
}

function Ending({ story, done }: { story: Story; done: ReactNode }) {
  const { ended, failure } = story;
  if (ended === "completed" || ended === "partial") {
    return (
      <div role="status" className="space-y-4">
        {ended === "partial" && <Alert tone="warn" title="It is incomplete">Something could not be found out; the result names it.</Alert>}
        {done}
      </div>
    );
  }
  if (ended === "cancelled") return <Alert title="This run was cancelled" live>Nothing more is done or spent for it.</Alert>;
  if (ended === "failed") return <Alert tone="bad" title="This run failed" live>{failure}</Alert>;
  return null;
}

function ChildProgress({ runId, subject, status }: { runId: string; subject: string; status: string }) {
  const { events, over } = useRunEvents("researcher", runId);
  const story = tellStory(events);
  return (
    <Card title={`Researcher: ${subject}`} action={<StatusBadge status={story.ended ?? status} />}>
      {story.failure && <p className="text-bad mb-2">{story.failure}</p>}
      <Steps steps={story.steps} over={over} />
    </Card>
  );
}

function Steps({ steps, over }: { steps: Step[]; over: boolean }) {
  if (!steps.length) return <p className="text-muted">{over ? "No step was needed." : "Begins …"}</p>;
  return (
    <ol className="space-y-1.5">
      {steps.map(({ id, title, detail, done, notDone }) => (
        <li key={id} className="flex gap-2">
          <StepSign over={done || over} failed={notDone !== null} />
          <span className="min-w-0 [overflow-wrap:anywhere]">
            {title}
            {detail && <span className="text-muted">: {detail}</span>}
            {notDone && <span className="text-warn block">{notDone.replace(/^./, (letter) => letter.toUpperCase())}</span>}
            <span className="sr-only">{notDone ? ", failed" : done || over ? ", done" : ", going on"}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}

function StepSign({ over, failed }: { over: boolean; failed: boolean }) {
  if (failed) return <TriangleAlert aria-hidden className="text-warn mt-1 size-4 shrink-0" />;
  if (over) return <Check aria-hidden className="text-good mt-1 size-4 shrink-0" />;
  return <LoaderCircle aria-hidden className="text-muted mt-1 size-4 shrink-0 animate-spin" />;
}
