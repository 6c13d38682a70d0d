import { expect, test } from "vitest";
import { forwarded } from "./forwarding";

test("a call of a page goes to its service with its query", () => {
  expect(forwarded("planner", ["runs", "a b"], "?limit=2")).toEqual({ service: "planner", path: "/runs/a%20b?limit=2" });
});

test.each([
  ["another service", "local_aws", ["runs"]],
  ["the MCP endpoint", "vector_store", ["mcp"]],
  ["the schedule", "researcher", ["due"]],
  ["a way up", "planner", ["runs", "..", "mcp"]],
  ["nothing", "planner", []],
])("%s goes nowhere", (_, service, path) => {
  expect(forwarded(service, path, "")).toBeNull();
});
