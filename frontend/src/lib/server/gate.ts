/**
 * Who may call the page's server, which acts with the API key of the services.
 *
 * A page of another site must not make calls from the visitor's browser (cross-site requests, DNS rebinding), and where
 * the page can be reached by others than its owner it asks for a password.
 */
import type { Settings } from "@/lib/server/settings";

export interface Refusal {
  status: 401 | 403 | 421;
  code: string;
  message: string;
}

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/** Returns why a call is refused, or null when it is welcome. */
export async function refusal(
  call: { method: string; path: string; headers: Headers },
  settings: Pick<Settings, "password" | "allowedHosts">,
): Promise<Refusal | null> {
  if (call.path === "/health") return null;
  const host = hostName(call.headers.get("host") ?? "");
  if (settings.allowedHosts.length && !settings.allowedHosts.includes(host)) {
    return {
      status: 421,
      code: "wrong_host",
      message: `This page is not served for ${host || "a call without a host"}; ALEX_ALLOWED_HOSTS names who it is served for.`,
    };
  }
  if (settings.password && !(await isPassword(call.headers.get("authorization"), settings.password))) {
    return { status: 401, code: "password_needed", message: "Sign in with the password in FRONTEND_PASSWORD; any name will do." };
  }
  if (isForeign(call)) {
    return { status: 403, code: "foreign_page", message: "Pages of other sites may not call this one." };
  }
  return null;
}

function hostName(header: string): string {
  return header.replace(/:\d+$/, "").toLowerCase();
}

/** Browsers say where a call comes from (Fetch Metadata, W3C); a call without it that changes something is refused too. */
function isForeign(call: { method: string; path: string; headers: Headers }): boolean {
  const site = call.headers.get("sec-fetch-site");
  if (call.path.startsWith("/api/")) return site !== null ? !["same-origin", "none"].includes(site) : !SAFE.has(call.method) && !isSameOrigin(call.headers);
  return !SAFE.has(call.method) && !isSameOrigin(call.headers);
}

function isSameOrigin(headers: Headers): boolean {
  const origin = headers.get("origin");
  return origin !== null && URL.canParse(origin) && new URL(origin).host === headers.get("host");
}

/** Compared by digest, so that the time it takes tells nothing of the password. */
async function isPassword(header: string | null, password: string): Promise<boolean> {
  const [scheme, value] = (header ?? "").split(" ");
  if (scheme?.toLowerCase() !== "basic" || !value) return false;
  const given = Buffer.from(value, "base64").toString("utf-8").replace(/^[^:]*:/, "");
  const [one, other] = await Promise.all([digest(given), digest(password)]);
  return one.every((byte, index) => byte === other[index]);
}

async function digest(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
}
