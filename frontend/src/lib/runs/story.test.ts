import { expect, test } from "vitest";
import type { RunEvent } from "./events";
import { tellStory } from "./story";

const events = (...pairs: [string, Record<string, unknown>][]): RunEvent[] => pairs.map(([type, data], index) => ({ id: index + 1, type, data }));

test("a call is a step that ends, and handed-over work is an agent's run with its newest status", () => {
  const story = tellStory(
    events(
      ["created", { kind: "plan" }],
      ["tool_called", { call_id: "a", tool: "portfolio_figures", arguments: {} }],
      ["tool_finished", { call_id: "a" }],
      ["tool_called", { call_id: "b", tool: "research", arguments: { subject: "VRWM" } }],
      ["delegated", { call_id: "b", run_id: "run_1", service: "researcher", status: "queued" }],
      ["child_changed", { call_id: "b", run_id: "run_1", service: "researcher", status: "failed" }],
    ),
  );
  expect(story.steps.map(({ title, detail, done }) => [title, detail, done])).toEqual([
    ["Computes the figures", "", true],
    ["Has it researched", "VRWM", false],
  ]);
  expect(story.children).toEqual([{ runId: "run_1", service: "researcher", subject: "VRWM", status: "failed" }]);
  expect(story.ended).toBeNull();
});

test("a call that did not do what it was for says why", () => {
  const story = tellStory(
    events(
      ["tool_called", { call_id: "a", tool: "keep_page", arguments: { url: "https://x.example" } }],
      ["tool_finished", { call_id: "a", not_done: "not read: HTTP 404" }],
      ["tool_called", { call_id: "b", tool: "search", arguments: {} }],
      ["tool_finished", { call_id: "b" }],
    ),
  );
  expect(story.steps.map(({ done, notDone }) => [done, notDone])).toEqual([[true, "not read: HTTP 404"], [true, null]]);
});

test("a failure says why", () => {
  expect(tellStory(events(["failed", { message: "the browser does not answer" }]))).toMatchObject({ ended: "failed", failure: "the browser does not answer" });
});
