import { Code } from "@/components/settings/key_card";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/states";
import type { Result } from "@/lib/api/errors";
import type { PlannerTypes } from "@/lib/api/types";
import { requestFormat } from "@/lib/format/server";
import { words } from "@/lib/format/format";

type ModelView = PlannerTypes["ModelView"];

export interface AgentModel {
  service: "planner" | "researcher";
  answer: Result<ModelView>;
}

/** What the agents think with, what that costs, and how another model is chosen. */
export function ModelCard({ models }: { models: AgentModel[] }) {
  return (
    <Card title="Model" note="What the agents think with. Figures are computed by code, whatever the model.">
      <div className="space-y-3">
        <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-[auto_minmax(0,1fr)]">
          {models.map(({ service, answer }) => (
            <div key={service} className="contents">
              <dt className="text-muted text-[13px]">{words(service)}</dt>
              <dd>{answer.ok ? <ModelText model={answer.data} /> : <ErrorState what="The model" error={answer.error} />}</dd>
            </div>
          ))}
        </dl>
        <p className="text-muted max-w-prose text-[13px]">
          Another one: set <Code>OPENAI_API_KEY</Code>, or <Code>OPENAI_BASE_URL</Code> and <Code>ALEX_MODEL</Code> for a server such as Ollama or vLLM, in the environment or in <Code>.env</Code>, and start everything again. Prices come from{" "}
          <Code>ALEX_MODEL_PRICES</Code>.
        </p>
      </div>
    </Card>
  );
}

async function ModelText({ model: { label, builtin, price } }: { model: ModelView }) {
  const format = await requestFormat();
  const usd = (amount: string) => format.money(amount, "USD");
  return (
    <>
      <span className="font-medium [overflow-wrap:anywhere]">{label}</span> {builtin && <Badge>needs no key and no network</Badge>}
      <span className="text-muted block text-[13px]">
        {builtin && "Costs nothing."}
        {!builtin && (price ? `${usd(price.input)} for a million tokens read, ${usd(price.output)} for a million written.` : "What it costs is not set, so the cost of runs is not known.")}
      </span>
    </>
  );
}
