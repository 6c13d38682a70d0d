import { Claims } from "@/components/plan/claims";
import { FigureButton } from "@/components/plan/opener";
import { Sentence } from "@/components/plan/prose";
import { Card } from "@/components/ui/card";
import type { Fact, Finding, PlannerTypes } from "@/lib/api/types";
import type { Format } from "@/lib/format/format";
import { requestFormat } from "@/lib/format/server";
import type { FigureFinder } from "@/lib/plans/figures";

interface RecommendationsProps {
  recommendations: PlannerTypes["Recommendation"][];
  facts: Map<string, Fact>;
  findings: Map<string, Finding>;
  finder: FigureFinder;
}

/** What follows from the figures, each with its reason, its figures, its evidence and the case against it. */
export async function Recommendations({ recommendations, facts, findings, finder }: RecommendationsProps) {
  const format = await requestFormat();
  return recommendations.map(({ id, title, reason, action, figures, evidence, against, counter_evidence, if_nothing_is_done }, index) => (
    <Card key={id} title={`${index + 1}. ${format.prose(title)}`}>
      <div className="grid gap-x-8 gap-y-4 lg:grid-cols-[3fr_2fr]">
        <div className="max-w-prose space-y-2">
          <p>
            <Sentence text={reason.text} finder={finder} own={figures} />
          </p>
          <p>
            <span className="font-medium">What could be done: </span>
            <Sentence text={action} finder={finder} own={figures} />
          </p>
          <p>
            <span className="font-medium">The case against: </span>
            <Sentence text={against.text} finder={finder} own={figures} />
          </p>
          <p>
            <span className="font-medium">If nothing is done: </span>
            <Sentence text={if_nothing_is_done} finder={finder} own={figures} />
          </p>
        </div>
        <div className="space-y-4">
          <Figures ids={figures} facts={facts} format={format} />
          <Claims title="What speaks for it" ids={evidence} findings={findings} />
          <Claims title="What speaks against it" ids={counter_evidence} findings={findings} />
        </div>
      </div>
    </Card>
  ));
}

function Figures({ ids, facts, format }: { ids: string[]; facts: Map<string, Fact>; format: Format }) {
  const known = ids.map((id) => facts.get(id)).filter((fact) => fact !== undefined);
  if (!known.length) return null;
  return (
    <div>
      <h3 className="text-[13px] font-medium">Its figures</h3>
      <dl className="mt-1 space-y-1 text-[13px]">
        {known.map(({ id, label, formatted }) => (
          <div key={id} className="flex items-baseline justify-between gap-4">
            <dt className="text-muted min-w-0">{label}</dt>
            <dd className="whitespace-nowrap">
              <FigureButton ids={[id]}>{format.prose(formatted)}</FigureButton>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
