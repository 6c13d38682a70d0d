import { send } from "@/lib/server/call";
import { SERVICE_NAMES, type ServiceName } from "@/lib/server/settings";

export const dynamic = "force-dynamic";

/** Asks the services whether they live, and names those that do not answer. */
export async function GET(): Promise<Response> {
  const answers = await Promise.all(SERVICE_NAMES.map(async (name) => [name, await check(name)] as const));
  const ready = answers.every(([, answer]) => answer === "ok");
  return Response.json({ status: ready ? "ready" : "not_ready", checks: Object.fromEntries(answers) }, { status: ready ? 200 : 503 });
}

async function check(service: ServiceName): Promise<string> {
  try {
    const response = await send(service, "/health", { signal: AbortSignal.timeout(5_000) });
    return response.ok ? "ok" : `HTTP ${response.status}`;
  } catch {
    return "no answer";
  }
}
