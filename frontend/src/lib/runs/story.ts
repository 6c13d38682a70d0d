/** Events of a run as what a person wants to know: what is going on, and which agents the work was handed to. */
import type { RunEvent } from "@/lib/runs/events";

export interface Step {
  id: string;
  title: string;
  detail: string;
  done: boolean;
  /** Why it ended without what it was for; null when it did it. */
  notDone: string | null;
}

export interface Child {
  runId: string;
  service: string;
  subject: string;
  status: string;
}

export interface Story {
  steps: Step[];
  children: Child[];
  /** The status that the run ended with. */
  ended: string | null;
  /** Why it failed. */
  failure: string | null;
}

const TITLES: Record<string, string> = {
  portfolio_figures: "Computes the figures",
  known: "Looks up what is known",
  research: "Has it researched",
  search: "Searches the knowledge base",
  keep_page: "Reads and keeps a page",
  sec_filings: "Looks up filings at the SEC",
  web_search: "Searches the web",
};

/** Returns the story that the events tell so far. */
export function tellStory(events: RunEvent[]): Story {
  const steps = new Map<string, Step>();
  const children = new Map<string, Child>();
  let ended: string | null = null;
  let failure: string | null = null;
  for (const { type, data } of events) {
    const call = text(data.call_id);
    if (type === "tool_called") steps.set(call, { id: call, title: title(text(data.tool)), detail: describe(data.arguments), done: false, notDone: null });
    if (type === "tool_finished") finish(steps, call, text(data.not_done) || null);
    if (type === "delegated" || type === "child_changed") {
      const runId = text(data.run_id);
      children.set(runId, { runId, service: text(data.service), subject: steps.get(call)?.detail ?? "", status: text(data.status) });
    }
    if (type === "finished") ended = text(data.status);
    if (type === "cancelled") ended = "cancelled";
    if (type === "failed") [ended, failure] = ["failed", text(data.message) || "It failed without saying why."];
  }
  return { steps: [...steps.values()], children: [...children.values()], ended, failure };
}

function finish(steps: Map<string, Step>, call: string, notDone: string | null): void {
  const step = steps.get(call);
  if (step) steps.set(call, { ...step, done: true, notDone });
}

function title(tool: string): string {
  return TITLES[tool] ?? tool.replaceAll("_", " ").replace(/^./, (letter) => letter.toUpperCase());
}

function describe(values: unknown): string {
  if (typeof values !== "object" || values === null) return "";
  return Object.values(values).filter((value) => typeof value === "string" || typeof value === "number").join(", ");
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
