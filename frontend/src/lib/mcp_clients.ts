/** What to write into MCP clients so that they reach Alex. `guides/mcp_clients.md` shows the same; a test compares. */

/** Stands where the key has to be written; the page never has the key itself. */
export const KEY_PLACE = "THE-KEY";

export interface McpServer {
  name: string;
  url: string;
}

export interface McpClient {
  key: string;
  /** As its heading in the guide. */
  title: string;
  /** Where the text goes. */
  where: string;
  text: string;
}

/** Returns the settings of each client for these servers, the key left out. */
export function mcpClients(servers: McpServer[]): McpClient[] {
  return [
    { key: "claude-code", title: "Claude Code", where: "In a terminal, in the folder of your project; --scope user after add makes it all folders.", text: claudeCode(servers) },
    { key: "claude-desktop", title: "Claude Desktop", where: "In claude_desktop_config.json (Settings, Developer, Edit Config). It starts programs only, so mcp-remote, which needs Node.js, carries the calls.", text: claudeDesktop(servers) },
    { key: "cursor", title: "Cursor and others", where: "In ~/.cursor/mcp.json, or the file of the same form that another client reads.", text: json({ mcpServers: httpServers(servers, KEY_PLACE) }) },
    { key: "vscode", title: "VS Code", where: "In .vscode/mcp.json. VS Code asks for the key when it first starts the servers, and keeps it safely.", text: vsCode(servers) },
  ];
}

function claudeCode(servers: McpServer[]): string {
  return servers.map(({ name, url }) => `claude mcp add --transport http ${name} ${url} --header "x-api-key: ${KEY_PLACE}"`).join("\n");
}

function claudeDesktop(servers: McpServer[]): string {
  const bridge = ({ url }: McpServer) => ({
    command: "npx",
    // Without a space: Claude Desktop on Windows does not quote what it hands to npx.
    args: ["-y", "mcp-remote", url, "--header", "x-api-key:${ALEX_API_KEY}"],
    env: { ALEX_API_KEY: KEY_PLACE },
  });
  return json({ mcpServers: Object.fromEntries(servers.map((server) => [server.name, bridge(server)])) });
}

function vsCode(servers: McpServer[]): string {
  const inputs = [{ type: "promptString", id: "alex-key", description: "Alex API key", password: true }];
  return json({ inputs, servers: httpServers(servers, "${input:alex-key}") });
}

function httpServers(servers: McpServer[], key: string) {
  return Object.fromEntries(servers.map(({ name, url }) => [name, { type: "http", url, headers: { "x-api-key": key } }]));
}

function json(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
