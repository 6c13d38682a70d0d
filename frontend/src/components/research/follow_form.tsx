"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { TopicFields } from "@/components/research/topic_fields";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Input, Select } from "@/components/ui/field";
import { Alert } from "@/components/ui/alert";
import { callApi } from "@/lib/api/browser";
import type { ApiError } from "@/lib/api/errors";
import type { FollowedTopic } from "@/lib/api/types";
import { EMPTY_FOLLOW, type FollowForm as Form, type Problems, SCHEDULES, findProblems, followRequest } from "@/lib/research/request";

/** Follows a topic; the same topic again takes the new settings. */
export function FollowForm() {
  const router = useRouter();
  const [form, setForm] = useState<Form>(EMPTY_FOLLOW);
  const [problems, setProblems] = useState<Problems>({});
  const [error, setError] = useState<ApiError | null>(null);
  const [followed, setFollowed] = useState("");
  const [pending, setPending] = useState(false);
  const change = (part: Partial<Form>) => setForm((now) => ({ ...now, ...part }));

  const follow = async (event: FormEvent) => {
    event.preventDefault();
    const found = findProblems(form);
    setProblems(found);
    if (Object.keys(found).length) return;
    setPending(true);
    const answer = await callApi<FollowedTopic>("researcher", "/topics", { method: "POST", json: followRequest(form) });
    setPending(false);
    setError(answer.ok ? null : answer.error);
    setFollowed(answer.ok ? answer.data.topic : "");
    if (!answer.ok) return;
    setForm(EMPTY_FOLLOW);
    router.refresh();
  };

  return (
    <Card title="Follow a topic" note="Its research is repeated, and each brief says what is new. The same topic again takes the new settings.">
      <form onSubmit={follow} className="space-y-4" noValidate>
        <TopicFields form={form} problems={problems} change={change} />
        <div className="grid items-start gap-4 sm:grid-cols-2 lg:max-w-xl">
          <Select label="How often" value={form.every} onChange={(event) => change({ every: event.target.value })}>
            {Object.entries(SCHEDULES).map(([duration, title]) => (
              <option key={duration} value={duration}>{title}</option>
            ))}
          </Select>
          <Input label="Tokens for each run at the most" type="number" inputMode="numeric" min={1} placeholder="300000" hint="Of the model; the built-in one uses none." value={form.tokens} onChange={(event) => change({ tokens: event.target.value })} />
        </div>
        {error && <Alert tone="bad" title="The topic is not followed" live>{error.message}</Alert>}
        {followed && <Alert title={`“${followed}” is followed`} live>It is due at once.</Alert>}
        <Button type="submit" look="primary" disabled={pending}>
          {pending ? "Keeping …" : "Follow it"}
        </Button>
      </form>
    </Card>
  );
}
