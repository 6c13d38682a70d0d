import type { Nodes } from "mdast";
import { expect, test } from "vitest";
import { parseMarkdown } from "./markdown";

function kinds(node: Nodes): string[] {
  return [node.type, ...("children" in node ? node.children.flatMap(kinds) : [])];
}

test("HTML is letters", () => {
  const text = '<script>alert(1)</script>\n\nA <img src="https://evil.example/x.png" onerror="alert(1)"> b';
  expect(kinds(parseMarkdown(text))).not.toContain("html");
});

test("what is indented is no code, and a line of dashes makes no heading of the one before", () => {
  expect(kinds(parseMarkdown("Assets\n\n      Cash   5\n\nTotal\n---"))).not.toEqual(expect.arrayContaining(["code"]));
  expect(kinds(parseMarkdown("Total\n---"))).not.toContain("heading");
});

test("tables are read, and each text has its place", () => {
  const text = "| a | b |\n| - | - |\n| one | two |";
  const tree = parseMarkdown(text);
  expect(kinds(tree).filter((kind) => kind === "tableCell")).toHaveLength(4);
  const places: string[] = [];
  const walk = (node: Nodes): void => {
    if (node.type === "text") places.push(text.slice(node.position?.start.offset, node.position?.end.offset));
    if ("children" in node) node.children.forEach(walk);
  };
  walk(tree);
  expect(places).toEqual(["a", "b", "one", "two"]);
});
