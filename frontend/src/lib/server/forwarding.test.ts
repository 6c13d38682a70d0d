import { expect, test } from "vitest";
import { forwarded } from "./forwarding";

test("a call of a page goes to its service with its query", () => {
  expect(forwarded("planner", ["runs", "a b"], "?limit=2")).toEqual({ service: "planner", path: "/runs/a%20b?limit=2" });
});

test.each([
  ["a followed topic is run", "researcher", ["topics", "topic_1", "runs"], "/topics/topic_1/runs"],
  ["a version of a document is read", "vector_store", ["documents", "doc_1@2"], "/documents/doc_1%402"],
])("%s", (_, service, path, expected) => {
  expect(forwarded(service, path, "")?.path).toBe(expected);
});

test.each([
  ["another service", "local_aws", ["runs"]],
  ["the MCP endpoint", "vector_store", ["mcp"]],
  ["the schedule", "researcher", ["due"]],
  ["writing documents", "vector_store", ["ingest"]],
  ["what only the page's server asks", "vector_store", ["search"]],
  ["a way up", "planner", ["runs", "..", "mcp"]],
  ["nothing", "planner", []],
])("%s goes nowhere", (_, service, path) => {
  expect(forwarded(service, path, "")).toBeNull();
});
