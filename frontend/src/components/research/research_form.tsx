"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, useRef, useState } from "react";
import { TopicFields } from "@/components/research/topic_fields";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { callApi } from "@/lib/api/browser";
import type { ApiError } from "@/lib/api/errors";
import type { RunView } from "@/lib/api/types";
import { EMPTY_RESEARCH, type Problems, type ResearchForm as Form, findProblems, researchRequest } from "@/lib/research/request";

/** Has something researched once. */
export function ResearchForm() {
  const router = useRouter();
  const [form, setForm] = useState<Form>(EMPTY_RESEARCH);
  const [problems, setProblems] = useState<Problems>({});
  const [error, setError] = useState<ApiError | null>(null);
  const [pending, setPending] = useState(false);
  // One key for one wish: pressing twice, or again after a broken connection, starts one run.
  const key = useRef<string | null>(null);
  const change = (part: Partial<Form>) => {
    key.current = null;
    setForm((now) => ({ ...now, ...part }));
  };

  const start = async (event: FormEvent) => {
    event.preventDefault();
    const found = findProblems(form);
    setProblems(found);
    if (Object.keys(found).length) return;
    setPending(true);
    setError(null);
    key.current ??= crypto.randomUUID();
    const answer = await callApi<RunView>("researcher", "/runs", { method: "POST", json: researchRequest(form), headers: { "idempotency-key": key.current } });
    if (answer.ok) return router.push(`/research/runs/${answer.data.id}`);
    setPending(false);
    setError(answer.error);
  };

  return (
    <Card title="New question" note="The researcher reads, keeps what it read, and quotes it. Nothing of your portfolio is sent.">
      <form onSubmit={start} className="space-y-4" noValidate>
        <TopicFields form={form} problems={problems} change={change} />
        {error && <Alert tone="bad" title="The research was not started" live>{error.message}</Alert>}
        <Button type="submit" look="primary" disabled={pending}>
          {pending ? "Starting …" : "Find out"}
        </Button>
      </form>
    </Card>
  );
}
