import { describe, expect, test } from "vitest";
import { refusal } from "./gate";

const OPEN = { password: undefined, allowedHosts: ["127.0.0.1"] };
const LOCKED = { password: "open sesame", allowedHosts: [] };
const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;

async function status(call: { method?: string; path?: string; headers?: Record<string, string> }, settings: Parameters<typeof refusal>[1] = OPEN) {
  const headers = new Headers({ host: "127.0.0.1:3000", ...call.headers });
  return (await refusal({ method: call.method ?? "GET", path: call.path ?? "/", headers }, settings))?.status ?? 200;
}

describe("the gate", () => {
  test.each([
    ["a visit", {}, 200],
    ["a name that somebody else pointed here", { headers: { host: "evil.example" } }, 421],
    ["the health of another name", { path: "/health", headers: { host: "evil.example" } }, 200],
    ["a reading call of the page", { path: "/api/planner/runs", headers: { "sec-fetch-site": "same-origin" } }, 200],
    ["a reading call of another site", { path: "/api/planner/runs", headers: { "sec-fetch-site": "cross-site" } }, 403],
    ["another port of this machine", { path: "/api/planner/runs", headers: { "sec-fetch-site": "same-site" } }, 403],
    ["a form of another site", { method: "POST", path: "/api/planner/runs", headers: { origin: "https://evil.example" } }, 403],
    ["a form of nowhere", { method: "POST", path: "/api/planner/runs" }, 403],
    ["a change by the page", { method: "POST", path: "/api/planner/runs", headers: { origin: "http://127.0.0.1:3000" } }, 200],
  ])("%s", async (_, call, expected) => {
    expect(await status(call)).toBe(expected);
  });

  test.each([
    ["nothing", undefined, 401],
    ["a wrong one", basic("me:wrong"), 401],
    ["another scheme", "Bearer open sesame", 401],
    ["the right one", basic("me:open sesame"), 200],
    ["the right one without a name", basic(":open sesame"), 200],
  ])("a password is asked for: %s", async (_, authorization, expected) => {
    expect(await status({ headers: authorization ? { authorization } : {} }, LOCKED)).toBe(expected);
  });
});
