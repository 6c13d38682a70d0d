import { type NextRequest, NextResponse } from "next/server";
import { type Refusal, refusal } from "@/lib/server/gate";
import { settings } from "@/lib/server/settings";

/** Looks at every call before anything is done for it, and says what its answer may load. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const call = { method: request.method, path: request.nextUrl.pathname, headers: request.headers };
  const refused = await refusal(call, settings());
  if (refused) return refuse(refused);
  const policy = contentSecurityPolicy(Buffer.from(crypto.randomUUID()).toString("base64"));
  const headers = new Headers(request.headers);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  response.headers.set("referrer-policy", "no-referrer");
  response.headers.set("x-content-type-options", "nosniff");
  return response;
}

export const config = { matcher: ["/((?!_next/static).*)"] };

function refuse(refused: Refusal): NextResponse {
  const error = { code: refused.code, message: refused.message, detail: {}, request_id: crypto.randomUUID() };
  const headers = refused.status === 401 ? { "www-authenticate": 'Basic realm="Alex", charset="UTF-8"' } : undefined;
  return NextResponse.json({ error }, { status: refused.status, ...(headers && { headers }) });
}

function contentSecurityPolicy(nonce: string): string {
  const development = process.env.NODE_ENV === "development" ? " 'unsafe-eval'" : "";
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development}`,
    // Widths of bars and the places that dialogs are put at are style attributes.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
