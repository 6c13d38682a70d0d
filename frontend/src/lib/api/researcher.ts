import "server-only";
import type { Result } from "@/lib/api/errors";
import type { Brief, ResearcherTypes } from "@/lib/api/types";
import { load } from "@/lib/server/call";

export function loadTopics(): Promise<Result<ResearcherTypes["TopicList"]>> {
  return load("researcher", "/topics");
}

export function loadResearchRun(id: string): Promise<Result<ResearcherTypes["RunView"]>> {
  return load("researcher", `/runs/${encodeURIComponent(id)}`);
}

/** Research that is over, the newest first. */
export function loadBriefs(options: { since?: string; before?: string; limit?: number } = {}): Promise<Result<ResearcherTypes["BriefPage"]>> {
  const query = new URLSearchParams(Object.entries(options).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])));
  return load("researcher", `/briefs?${query}`);
}

export function loadBrief(runId: string): Promise<Result<Brief>> {
  return load("researcher", `/briefs/${encodeURIComponent(runId)}`);
}
