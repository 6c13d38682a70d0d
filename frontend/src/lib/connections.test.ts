import { expect, test } from "vitest";
import { problemsOf } from "./connections";

const WELL = {
  name: "researcher",
  url: "http://127.0.0.1:8002",
  health: { ok: true, build: { version: "0.1.0", gitSha: null } },
  checks: { database: "ok", browser: "ok" },
  refusal: null,
} as const;
const titles = (part: Partial<Parameters<typeof problemsOf>[0]>) => problemsOf({ ...WELL, ...part }).map(({ title }) => title);

test("there is nothing to say when all is well", () => {
  expect(problemsOf(WELL)).toEqual([]);
});

test("a service that is down is named with its address, and nothing else is guessed", () => {
  const down = { health: { ok: false, reason: "no answer" }, checks: null, refusal: "no_answer" } as const;
  expect(titles(down)).toEqual(["The researcher does not answer at http://127.0.0.1:8002 (no answer)"]);
  expect(problemsOf({ ...WELL, ...down })[0]?.whatToDo).toContain("FRONTEND_RESEARCHER_URL");
});

test("a refused key is told apart from a service that is down", () => {
  expect(titles({ checks: null, refusal: "key" })).toEqual(["The researcher refuses the key of this page"]);
});

test("each thing that a service misses is named", () => {
  expect(titles({ checks: { database: "ok", browser: "ConnectError: refused", vector_store: "no answer within 5 s" } })).toEqual([
    "The researcher does not reach the browser server",
    "The researcher does not reach the vector store",
  ]);
});
