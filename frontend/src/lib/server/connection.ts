/** How the page's server reaches the services: who answers, which build it is, and what each of them misses. */
import "server-only";
import { type ServiceName, settings } from "@/lib/server/settings";
import { send } from "@/lib/server/call";

const HEALTH_MS = 5_000;
/** A service gives each of its own checks 5 s. */
const READY_MS = 8_000;

export interface Build {
  version: string;
  /** Null where the build does not know it. */
  gitSha: string | null;
}

export type Health = { ok: true; build: Build } | { ok: false; reason: string };

export interface Connection {
  name: ServiceName;
  url: string;
  health: Health;
  /** What the service needs, each "ok" or why not; null when it did not say. */
  checks: Record<string, string> | null;
  /** Why it did not say: it refuses the key, or does not answer. */
  refusal: "key" | "no_answer" | null;
}

/** Asks a service whether it lives, which needs no key. */
export async function askHealth(service: ServiceName): Promise<Health> {
  try {
    const response = await send(service, "/health", { signal: AbortSignal.timeout(HEALTH_MS) });
    if (!response.ok) return { ok: false, reason: `HTTP ${response.status}` };
    const { version, git_sha: sha } = (await response.json()) as { version?: unknown; git_sha?: unknown };
    return { ok: true, build: { version: String(version), gitSha: typeof sha === "string" && sha !== "unknown" ? sha : null } };
  } catch {
    return { ok: false, reason: "no answer" };
  }
}

/** Asks a service for everything that can be told of the connection to it. Never throws. */
export async function askConnection(name: ServiceName): Promise<Connection> {
  const [health, readiness] = await Promise.all([askHealth(name), askReadiness(name)]);
  return { name, url: settings().urls[name], health, ...readiness };
}

async function askReadiness(service: ServiceName): Promise<Pick<Connection, "checks" | "refusal">> {
  try {
    // 503 says which check failed, in the same shape.
    const response = await send(service, "/ready", { signal: AbortSignal.timeout(READY_MS) });
    if (response.status === 401) return { checks: null, refusal: "key" };
    const { checks } = (await response.json()) as { checks?: Record<string, string> };
    return checks ? { checks, refusal: null } : { checks: null, refusal: "no_answer" };
  } catch {
    return { checks: null, refusal: "no_answer" };
  }
}
