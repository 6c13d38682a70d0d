/** Calls of the page's server to the services: the only place that knows the API key. */
import "server-only";
import { type ApiError, type Result, noAnswer, readError } from "@/lib/api/errors";
import { type ServiceName, settings } from "@/lib/server/settings";

/** A gateway in AWS ends a call after 120 s; event streams close themselves at 100 s. */
const LONGEST_CALL_MS = 115_000;

interface Call {
  method?: string;
  headers?: Record<string, string>;
  body?: BodyInit | null;
  signal?: AbortSignal;
}

/** Sends a call with key and owner; throws when there is no answer. `path` begins with a slash. */
export async function send(service: ServiceName, path: string, call: Call = {}): Promise<Response> {
  const { apiKey, owner, urls } = settings();
  const signals = [AbortSignal.timeout(LONGEST_CALL_MS), ...(call.signal ? [call.signal] : [])];
  return fetch(urls[service] + path, {
    method: call.method ?? "GET",
    headers: { ...call.headers, "x-api-key": apiKey, ...(owner ? { "x-alex-owner": owner } : {}) },
    body: call.body ?? null,
    cache: "no-store",
    redirect: "manual",
    signal: AbortSignal.any(signals),
    // Node.js needs it for a body that is a stream.
    ...({ duplex: "half" } as object),
  });
}

/** Returns the JSON of an answer, or why there is none. Never throws, so that a page can show it where it belongs. */
export async function load<T>(service: ServiceName, path: string, body?: unknown): Promise<Result<T>> {
  const call = body === undefined ? {} : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  let response: Response;
  try {
    response = await send(service, path, call);
  } catch {
    return failed(noAnswer(service));
  }
  if (!response.ok) return failed(await readError(response, service));
  return { ok: true, data: (await response.json()) as T };
}

function failed(error: ApiError): { ok: false; error: ApiError } {
  return { ok: false, error };
}
