/** Calls of the browser to the page's own server, which passes them on to a service with the key. */
import { ApiFailure, type Result, noAnswer, readError } from "@/lib/api/errors";

export type Service = "planner" | "researcher" | "vector_store";

interface Call {
  method?: "GET" | "POST" | "DELETE";
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is; its type is in `headers`. */
  body?: BodyInit;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** Sends a call; throws when there is no answer. */
export function request(service: Service, path: string, call: Call = {}): Promise<Response> {
  const { json, ...rest } = call;
  const sent = json === undefined ? rest : { ...rest, body: JSON.stringify(json), headers: { "content-type": "application/json", ...call.headers } };
  return fetch(`/api/${service}${path}`, sent);
}

/** Returns the JSON of an answer, or why there is none. */
export async function callApi<T>(service: Service, path: string, call: Call = {}): Promise<Result<T>> {
  try {
    const response = await request(service, path, call);
    if (!response.ok) return { ok: false, error: await readError(response, service) };
    return { ok: true, data: (await response.json()) as T };
  } catch (error) {
    return { ok: false, error: error instanceof ApiFailure ? error.error : noAnswer(service) };
  }
}
