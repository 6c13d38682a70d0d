import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { mcpClients } from "./mcp_clients";

const LOCAL = [
  { name: "alex-vector-store", url: "http://127.0.0.1:8011/mcp" },
  { name: "alex-browser", url: "http://127.0.0.1:8012/mcp" },
];
const guide = await readFile(new URL("../../../guides/mcp_clients.md", import.meta.url), "utf-8");

/** The prose and the first code of the section with this title. */
function section(title: string): { where: string; text: string } {
  const found = guide.split(/^## /m).find((part) => part.startsWith(`${title}\n`)) ?? "";
  const [, where = "", text = ""] = /^.*\n([^`]*(?:`[^`\n]+`[^`]*)*?)^```\w+\n([\s\S]*?)\n```$/m.exec(found) ?? [];
  return { where: where.replaceAll("`", "").replaceAll(/\s+/g, " ").trim(), text };
}

test.each(mcpClients(LOCAL))("the guide and the page tell the same of $title", ({ title, where, text }) => {
  expect(section(title)).toEqual({ where, text });
});

test("what is JSON can be read, and names every server", () => {
  for (const { key, text } of mcpClients(LOCAL).filter(({ key }) => key !== "claude-code")) {
    const read = JSON.parse(text) as Record<string, Record<string, unknown>>;
    expect(Object.keys((read.mcpServers ?? read.servers)!), key).toEqual(["alex-vector-store", "alex-browser"]);
  }
});
