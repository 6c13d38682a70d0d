import { askHealth } from "@/lib/server/connection";
import { SERVICE_NAMES } from "@/lib/server/settings";

export const dynamic = "force-dynamic";

/** Asks the services whether they live, and names those that do not answer. */
export async function GET(): Promise<Response> {
  const answers = await Promise.all(SERVICE_NAMES.map(async (name) => [name, await askHealth(name)] as const));
  const ready = answers.every(([, health]) => health.ok);
  const checks = Object.fromEntries(answers.map(([name, health]) => [name, health.ok ? "ok" : health.reason]));
  return Response.json({ status: ready ? "ready" : "not_ready", checks }, { status: ready ? 200 : 503 });
}
