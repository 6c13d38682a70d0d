"use client";
import { History } from "lucide-react";
import Link from "next/link";
import { useEffect, useState } from "react";
import { RunRow, WIDE_CELL } from "@/components/runs/run_row";
import { Alert } from "@/components/ui/alert";
import { Button, buttonClasses } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState, ErrorState } from "@/components/ui/states";
import { Table, Th } from "@/components/ui/table";
import { callApi } from "@/lib/api/browser";
import type { ApiError } from "@/lib/api/errors";
import type { RunPage, RunView } from "@/lib/api/types";
import { USED_NAMES, isOpen, nextRunsPath, shownRunsPath, unknownCosts, withNewest, withOlder } from "@/lib/runs/history";

const REFRESH_MS = 3_000;

interface RunHistoryProps {
  service: "planner" | "researcher";
  title: string;
  /** How the costs are to be read. */
  note: string;
  /** What stands there before the first run, and the way to it. */
  empty: string;
  begin: { path: string; title: string };
  first: RunPage;
  /** Names of portfolios by their ids, which plans are about. */
  names: Record<string, string>;
}

/** Runs of a service, newest first, a page at a time; while one of them is open they are asked for anew. */
export function RunHistory({ service, title, note, empty, begin, first, names }: RunHistoryProps) {
  const [page, setPage] = useState(first);
  const [told, setTold] = useState("");
  const away = useRefresh(service, page, setPage);
  const older = useOlder(service, page, setPage);
  const replace = (run: RunView, about: string) => {
    const { id, status, receipt, error, updated_at } = run;
    setPage((now) => ({ ...now, runs: now.runs.map((shown) => (shown.id === id ? { ...shown, status, receipt, error: error ?? null, updated_at } : shown)) }));
    setTold(`${about} is ${status}.`);
  };
  if (!page.runs.length) {
    const action = <Link className={buttonClasses()} href={begin.path} prefetch={false}>{begin.title}</Link>;
    return <Card title={title}><EmptyState icon={History} title="No run yet" action={action}>{empty}</EmptyState></Card>;
  }
  const reasons = unknownCosts(page.runs);
  return (
    <Card title={title} note={note}>
      <p role="status" className="sr-only">{told}</p>
      {away && <div className="mb-3"><Alert tone="warn" title="These states may be old" live>{away.message}</Alert></div>}
      <Table label={`${title}: runs`}>
        <thead>
          <tr>
            <Th>Run</Th>
            <Th>State</Th>
            {USED_NAMES.map((name) => <Th key={name} numeric className={WIDE_CELL}>{name}</Th>)}
          </tr>
        </thead>
        <tbody>
          {page.runs.map((run) => (
            <RunRow key={run.id} run={run} service={service} name={names[run.subject]} onCancelled={replace} />
          ))}
        </tbody>
      </Table>
      {reasons.length > 0 && <p className="text-muted mt-2 text-[13px]">A cost is not known where {reasons.join(", or ")}.</p>}
      {older.error && <div className="mt-3"><ErrorState what="Older runs" error={older.error} live /></div>}
      {older.load && <Button className="mt-3" disabled={older.pending} onClick={older.load}>{older.pending ? "Loading …" : "Older runs"}</Button>}
    </Card>
  );
}

type SetPage = (change: (now: RunPage) => RunPage) => void;

/** Asks for what is shown anew while a run of it is open; gives why that failed last. */
function useRefresh(service: "planner" | "researcher", page: RunPage, setPage: SetPage): ApiError | null {
  const [asked, setAsked] = useState<{ times: number; error: ApiError | null }>({ times: 0, error: null });
  const open = page.runs.some(isOpen);
  const path = shownRunsPath(page);
  useEffect(() => {
    if (!open) return;
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      const answer = await callApi<RunPage>(service, path, { signal: stop.signal });
      if (stop.signal.aborted) return;
      if (answer.ok) setPage((now) => withNewest(now, answer.data));
      setAsked(({ times }) => ({ times: times + 1, error: answer.ok ? null : answer.error }));
    }, REFRESH_MS);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [service, path, open, asked.times, setPage]);
  return open ? asked.error : null;
}

/** Loads the page behind what is shown; `load` is null when there is none. */
function useOlder(service: "planner" | "researcher", page: RunPage, setPage: SetPage) {
  const [error, setError] = useState<ApiError | null>(null);
  const [pending, setPending] = useState(false);
  const path = nextRunsPath(page);
  const load = async () => {
    if (!path) return;
    setPending(true);
    const answer = await callApi<RunPage>(service, path);
    setPending(false);
    setError(answer.ok ? null : answer.error);
    if (answer.ok) setPage((now) => withOlder(now, answer.data));
  };
  return { error, pending, load: path ? load : null };
}
