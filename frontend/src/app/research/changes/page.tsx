import type { Metadata } from "next";
import Form from "next/form";
import { cookies } from "next/headers";
import Link from "next/link";
import { Suspense } from "react";
import { ChangedDocuments } from "@/components/research/changed_documents";
import { ChangedFindings } from "@/components/research/changed_findings";
import { VisitKeeper } from "@/components/research/visit_keeper";
import { PageHeader } from "@/components/shell/page_header";
import { Button, buttonClasses } from "@/components/ui/button";
import { Input } from "@/components/ui/field";
import { Skeleton } from "@/components/ui/states";
import { LocalTime } from "@/lib/format/client";
import { requestFormat } from "@/lib/format/server";
import { isDay } from "@/lib/research/search";
import { readVisits } from "@/lib/research/visits";

export const metadata: Metadata = { title: "What changed" };

type Parameters = Promise<Record<string, string | string[] | undefined>>;

export default async function ChangesPage({ searchParams }: { searchParams: Parameters }) {
  const [parameters, jar] = await Promise.all([searchParams, cookies()]);
  const cookie = jar.get("alex-visits")?.value;
  const visits = readVisits(cookie);
  const day = typeof parameters.since === "string" && isDay(parameters.since) ? parameters.since : "";
  const since = day ? `${day}T00:00:00Z` : visits.since;
  const cursor = typeof parameters.cursor === "string" ? parameters.cursor : "";
  const pathOf = (next: string) => `/research/changes?${new URLSearchParams({ ...(day && { since: day }), cursor: next })}`;
  return (
    <>
      <VisitKeeper cookie={cookie} />
      <PageHeader title="What changed" note={<Since day={day} since={since} known={visits.known} />}>
        <SinceForm day={day} />
      </PageHeader>
      <Suspense key={`${since} ${cursor}`} fallback={<Skeleton className="h-64" />}>
        <div className="space-y-4">
          {!cursor && <ChangedFindings since={since} />}
          <ChangedDocuments since={since} cursor={cursor} pathOf={pathOf} />
        </div>
      </Suspense>
    </>
  );
}

async function Since({ day, since, known }: { day: string; since: string; known: boolean }) {
  if (day) return <>Since {(await requestFormat()).day(day)} (UTC).</>;
  return known ? <>Since you last looked here with this browser, <LocalTime iso={since} />.</> : <>Since a week ago: this browser has not been here before.</>;
}

function SinceForm({ day }: { day: string }) {
  return (
    <Form action="/research/changes" className="flex flex-wrap items-end gap-2" key={day}>
      <Input label="Since the day" type="date" name="since" required defaultValue={day} />
      <Button type="submit">Show</Button>
      {day && <Link className={buttonClasses()} href="/research/changes">Since the last look</Link>}
    </Form>
  );
}
