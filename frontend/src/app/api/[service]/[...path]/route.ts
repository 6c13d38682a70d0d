import { noAnswer } from "@/lib/api/errors";
import { send } from "@/lib/server/call";
import { FORWARDED, forwarded } from "@/lib/server/forwarding";

type Context = { params: Promise<{ service: string; path: string[] }> };

/** Passes a call of the browser on to a service, with the key added here, and its answer back as it comes. */
async function forward(request: Request, { params }: Context): Promise<Response> {
  const { service, path } = await params;
  const target = forwarded(service, path, new URL(request.url).search);
  if (!target) return failure(404, { code: "not_found", message: "There is nothing at this address." });
  try {
    const response = await send(target.service, target.path, {
      method: request.method,
      headers: pick(request.headers, FORWARDED.request),
      body: request.body,
      signal: request.signal,
    });
    return new Response(response.body, { status: response.status, headers: answerHeaders(response.headers) });
  } catch {
    return failure(503, noAnswer(target.service));
  }
}

export { forward as GET, forward as POST, forward as DELETE };

function pick(headers: Headers, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (headers.has(name) ? [[name, headers.get(name)!]] : [])));
}

function answerHeaders(headers: Headers): HeadersInit {
  // no-transform keeps the server from gathering events until there is enough to compress.
  return { ...pick(headers, FORWARDED.response), "cache-control": "no-store, no-transform" };
}

function failure(status: number, error: { code: string; message: string }): Response {
  const body = { code: error.code, message: error.message, detail: {}, request_id: crypto.randomUUID() };
  return Response.json({ error: body }, { status });
}
