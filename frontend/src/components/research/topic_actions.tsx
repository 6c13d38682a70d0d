"use client";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { ConfirmButton } from "@/components/ui/confirm_button";
import { callApi } from "@/lib/api/browser";
import type { ApiError } from "@/lib/api/errors";
import type { RunView } from "@/lib/api/types";

/** What can be done with a followed topic. */
export function TopicActions({ id, topic, running }: { id: string; topic: string; running: boolean }) {
  const router = useRouter();
  return (
    <div className="flex flex-wrap items-start gap-2">
      {!running && <RunNow id={id} topic={topic} />}
      <ConfirmButton
        label="Unfollow"
        name={`Unfollow ${topic}`}
        title="Stop following this topic?"
        note={
          <>
            <strong className="font-semibold">{topic}</strong> is not researched again. What was found about it stays stored.
          </>
        }
        confirm="Unfollow it"
        keep="Keep it"
        act={() => callApi("researcher", `/topics/${encodeURIComponent(id)}`, { method: "DELETE" })}
        onDone={() => router.refresh()}
      />
    </div>
  );
}

function RunNow({ id, topic }: { id: string; topic: string }) {
  const router = useRouter();
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const key = useRef<string | null>(null);
  const start = async () => {
    setPending(true);
    setError(null);
    key.current ??= crypto.randomUUID();
    const answer = await callApi<RunView>("researcher", `/topics/${encodeURIComponent(id)}/runs`, { method: "POST", headers: { "idempotency-key": key.current } });
    if (answer.ok) return router.push(`/research/runs/${answer.data.id}`);
    setPending(false);
    setError(answer.error);
  };
  return (
    <div>
      <Button look="primary" disabled={pending} onClick={start} aria-label={`Run now: ${topic}`}>
        {pending ? "Starting …" : "Run now"}
      </Button>
      {error && <Alert tone="bad" title="It was not started" live>{error.message}</Alert>}
    </div>
  );
}
