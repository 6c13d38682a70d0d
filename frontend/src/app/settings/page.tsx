import type { Metadata } from "next";
import { ConnectionCard } from "@/components/settings/connection_card";
import { DisplayCard } from "@/components/settings/display_card";
import { KeyCard } from "@/components/settings/key_card";
import { McpClientCard } from "@/components/settings/mcp_client_card";
import { type AgentModel, ModelCard } from "@/components/settings/model_card";
import { PageHeader } from "@/components/shell/page_header";
import type { PlannerTypes } from "@/lib/api/types";
import { load } from "@/lib/server/call";
import { askConnection } from "@/lib/server/connection";
import { MCP_SERVERS, SERVICE_NAMES, settings } from "@/lib/server/settings";
import { version } from "../../../package.json";

export const metadata: Metadata = { title: "Settings" };

const AGENTS = ["planner", "researcher"] as const;

export default async function SettingsPage() {
  const { allowedHosts, keyCount, owner, password, gitSha, mcpUrls } = settings();
  const [connections, models] = await Promise.all([Promise.all(SERVICE_NAMES.map(askConnection)), Promise.all(AGENTS.map(askModel))]);
  const now = new Date().toISOString();
  const servers = MCP_SERVERS.map((name) => ({ name: `alex-${name.replaceAll("_", "-")}`, url: mcpUrls[name] }));
  return (
    <>
      <PageHeader title="Settings" note="How this page is connected, and how it looks" />
      <div className="space-y-4">
        <ConnectionCard connections={connections} page={{ version, gitSha: gitSha === "unknown" ? null : gitSha }} checkedAt={now} />
        <ModelCard models={models} />
        <KeyCard count={keyCount} owner={owner} password={password !== undefined} hosts={allowedHosts} />
        <McpClientCard servers={servers} />
        <DisplayCard now={now} />
      </div>
    </>
  );
}

async function askModel(service: AgentModel["service"]): Promise<AgentModel> {
  return { service, answer: await load<PlannerTypes["ModelView"]>(service, "/model") };
}
