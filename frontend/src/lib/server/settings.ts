/** Settings of the page's server, read from the environment. A wrong one stops the start with its name. */

export const SERVICE_NAMES = ["planner", "researcher", "vector_store"] as const;
export type ServiceName = (typeof SERVICE_NAMES)[number];

/** MCP servers that others may connect to. */
export const MCP_SERVERS = ["vector_store", "browser"] as const;
export type McpServerName = (typeof MCP_SERVERS)[number];

export interface Settings {
  /** Key shown to the services; it never leaves the server side. */
  apiKey: string;
  /** How many keys the services accept; more than one while a key is replaced. */
  keyCount: number;
  /** Whose data is shown; the services take `local` when none is given. */
  owner: string | undefined;
  /** Base addresses, without a slash at the end. */
  urls: Record<ServiceName, string>;
  /** Addresses that MCP clients connect to, which need not be reachable from here. */
  mcpUrls: Record<McpServerName, string>;
  /** Asked of every visitor; without one the page answers to `allowedHosts` alone. */
  password: string | undefined;
  /** Names that calls may be addressed to. Empty: any, which needs a password. */
  allowedHosts: string[];
  gitSha: string;
}

const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"];
const DEFAULT_PORTS: Record<ServiceName, number> = { planner: 8003, researcher: 8002, vector_store: 8011 };

export class WrongSetting extends Error {}

/** Throws `WrongSetting`, which names the variable. */
function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const keys = list(environment.ALEX_API_KEYS);
  const apiKey = keys[0];
  if (!apiKey) throw new WrongSetting("ALEX_API_KEYS must hold the key of the services");
  const password = environment.FRONTEND_PASSWORD || undefined;
  const given = list(environment.ALEX_ALLOWED_HOSTS);
  const urls = Object.fromEntries(SERVICE_NAMES.map((name) => [name, address(environment, `FRONTEND_${name.toUpperCase()}_URL`, `http://127.0.0.1:${DEFAULT_PORTS[name]}`)])) as Settings["urls"];
  return {
    apiKey,
    keyCount: keys.length,
    owner: environment.ALEX_OWNER || undefined,
    urls,
    mcpUrls: {
      vector_store: address(environment, "FRONTEND_VECTOR_STORE_MCP_URL", `${urls.vector_store}/mcp`),
      browser: address(environment, "FRONTEND_BROWSER_MCP_URL", "http://127.0.0.1:8012/mcp"),
    },
    password,
    allowedHosts: given.length || password ? given : LOOPBACK,
    gitSha: environment.ALEX_GIT_SHA || "unknown",
  };
}

function list(text: string | undefined): string[] {
  return (text ?? "").split(",").map((part) => part.trim()).filter(Boolean);
}

function address(environment: NodeJS.ProcessEnv, variable: string, usual: string): string {
  const text = environment[variable] || usual;
  if (!URL.canParse(text) || !/^https?:/.test(text)) throw new WrongSetting(`${variable} must be an http address, got ${text}`);
  return text.replace(/\/+$/, "");
}

let read: Settings | undefined;

/** The settings of this process, read once. */
export function settings(): Settings {
  return (read ??= readSettings(process.env));
}
