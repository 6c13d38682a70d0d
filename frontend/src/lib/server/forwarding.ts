/** Which calls of the browser are passed on: those that the pages make, and no others. */
import { SERVICE_NAMES, type ServiceName } from "@/lib/server/settings";

const PATHS: Record<ServiceName, readonly string[]> = {
  planner: ["portfolios", "plans", "runs", "retirement", "ready"],
  researcher: ["runs", "topics", "ready"],
  vector_store: ["documents", "ready"],
};

/** Headers that go along; the visitor's cookies and password do not. */
export const FORWARDED = {
  request: ["accept", "content-type", "idempotency-key", "last-event-id", "x-request-id"],
  response: ["content-type", "content-disposition", "retry-after", "x-request-id"],
} as const;

/** Returns where a call goes, or null when it goes nowhere. */
export function forwarded(service: string, path: string[], query: string): { service: ServiceName; path: string } | null {
  const name = SERVICE_NAMES.find((known) => known === service);
  if (!name || !PATHS[name].includes(path[0] ?? "") || path.some((part) => part === ".." || part === ".")) return null;
  return { service: name, path: `/${path.map(encodeURIComponent).join("/")}${query}` };
}
