/** Settings of the page's server, read from the environment. A wrong one stops the start with its name. */

export const SERVICE_NAMES = ["planner", "researcher", "vector_store"] as const;
export type ServiceName = (typeof SERVICE_NAMES)[number];

export interface Settings {
  /** Key shown to the services; it never leaves the server side. */
  apiKey: string;
  /** Whose data is shown; the services take `local` when none is given. */
  owner: string | undefined;
  /** Base addresses, without a slash at the end. */
  urls: Record<ServiceName, string>;
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
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const apiKey = list(environment.ALEX_API_KEYS)[0];
  if (!apiKey) throw new WrongSetting("ALEX_API_KEYS must hold the key of the services");
  const password = environment.FRONTEND_PASSWORD || undefined;
  const given = list(environment.ALEX_ALLOWED_HOSTS);
  const urls = Object.fromEntries(SERVICE_NAMES.map((name) => [name, address(environment, name)]));
  return {
    apiKey,
    owner: environment.ALEX_OWNER || undefined,
    urls: urls as Settings["urls"],
    password,
    allowedHosts: given.length || password ? given : LOOPBACK,
    gitSha: environment.ALEX_GIT_SHA || "unknown",
  };
}

function list(text: string | undefined): string[] {
  return (text ?? "").split(",").map((part) => part.trim()).filter(Boolean);
}

function address(environment: NodeJS.ProcessEnv, name: ServiceName): string {
  const variable = `FRONTEND_${name.toUpperCase()}_URL`;
  const text = environment[variable] || `http://127.0.0.1:${DEFAULT_PORTS[name]}`;
  if (!URL.canParse(text) || !/^https?:/.test(text)) throw new WrongSetting(`${variable} must be an http address, got ${text}`);
  return text.replace(/\/+$/, "");
}

let read: Settings | undefined;

/** The settings of this process, read once. */
export function settings(): Settings {
  return (read ??= readSettings(process.env));
}
