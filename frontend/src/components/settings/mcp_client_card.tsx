import { CopyButton } from "@/components/settings/copy_button";
import { Card } from "@/components/ui/card";
import { Tabs } from "@/components/ui/tabs";
import { KEY_PLACE, type McpClient, type McpServer, mcpClients } from "@/lib/mcp_clients";

/** What to write into other programs so that their models can use Alex's tools. */
export function McpClientCard({ servers }: { servers: McpServer[] }) {
  const clients = mcpClients(servers);
  return (
    <Card title="Connect an MCP client" note="Any of these programs can search the knowledge base and read web pages with Alex's tools.">
      <Tabs label="Programs" tabs={clients.map((client) => ({ key: client.key, title: client.title, content: <Snippet client={client} /> }))} />
    </Card>
  );
}

function Snippet({ client: { title, where, text } }: { client: McpClient }) {
  return (
    <div className="space-y-3">
      <p>{where}</p>
      <pre tabIndex={0} role="region" aria-label={`Text for ${title}`} className="bg-inset overflow-x-auto rounded-md px-3 py-2 font-mono text-[13px] leading-relaxed">
        {text}
      </pre>
      <CopyButton text={text} what={`the text for ${title}`} />
      {text.includes(KEY_PLACE) && (
        <p className="text-muted text-[13px]">Then write your key for {KEY_PLACE}: this page does not have it. Where it is kept stands under Key.</p>
      )}
    </div>
  );
}
