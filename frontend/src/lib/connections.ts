/** What the state of the connections means to a reader: what is wrong, and what to do about it. */
import type { Connection } from "@/lib/server/connection";

/** What each thing that a service needs is, by the name in its checks. */
const NEEDS: Record<string, string> = {
  database: "its database",
  researcher: "the researcher",
  vector_store: "the vector store",
  browser: "the browser server",
  embedder: "the embedder",
  s3vectors: "S3 Vectors",
};

export const PURPOSES: Record<Connection["name"], string> = {
  planner: "portfolios, figures and plans",
  researcher: "reads the web and quotes it",
  vector_store: "the knowledge base",
};

export interface Problem {
  title: string;
  whatToDo: string;
}

/** Returns a key of the services as a name in a sentence. */
export function nameOf(key: string): string {
  return NEEDS[key] ?? key.replaceAll("_", " ");
}

/** Returns what is wrong with a connection, the worst first; nothing when all is well. */
export function problemsOf({ name, url, health, checks, refusal }: Connection): Problem[] {
  const service = `The ${name.replaceAll("_", " ")}`;
  if (!health.ok) {
    const whatToDo = `Is it running? "uv run alex up" starts everything, "docker compose up -d ${name}" starts it in Docker; its log says why it ended. If it runs elsewhere, FRONTEND_${name.toUpperCase()}_URL is wrong.`;
    return [{ title: `${service} does not answer at ${url} (${health.reason})`, whatToDo }];
  }
  if (refusal === "key") {
    return [{ title: `${service} refuses the key of this page`, whatToDo: "ALEX_API_KEYS differs between the two: give both the same and start them again." }];
  }
  if (!checks) return [{ title: `${service} did not say what it can reach`, whatToDo: "It may be starting or busy: check again in a moment." }];
  return Object.entries(checks)
    .filter(([, answer]) => answer !== "ok")
    .map(([need, answer]) => ({ title: `${service} does not reach ${nameOf(need)}`, whatToDo: `It says: ${answer}. What needs ${nameOf(need)} fails until it is back; nothing that is stored is lost.` }));
}
