import { ClaimLine, Claims, PrintedSource } from "@/components/plan/claims";
import { FigureButton, Opener } from "@/components/plan/opener";
import { Measures } from "@/components/plan/measures";
import { Outcomes } from "@/components/plan/outcomes";
import { Paragraphs } from "@/components/plan/prose";
import { Recommendations } from "@/components/plan/recommendations";
import { Assumptions, Changes, ResearchDone } from "@/components/plan/sections";
import { AllocationCard } from "@/components/portfolio/allocation_card";
import { Missing } from "@/components/portfolio/missing";
import { Alert } from "@/components/ui/alert";
import { Card } from "@/components/ui/card";
import type { Fact, Plan } from "@/lib/api/types";
import { FigureFinder } from "@/lib/plans/figures";
import type { ShowFigure } from "@/lib/plans/show_figure";

/** A plan as a report to be read from top to bottom, and to be checked at every figure and claim. */
export function Report({ plan, facts }: { plan: Plan; facts: Fact[] }) {
  const finder = new FigureFinder(facts);
  const byId = new Map(facts.map((fact) => [fact.id, fact]));
  const findings = new Map(plan.findings.map((finding) => [finding.id, finding]));
  const figure: ShowFigure = (id, text) => (byId.has(id) ? <FigureButton ids={[id]}>{text}</FigureButton> : text);
  return (
    <Opener planId={plan.id}>
      <div className="space-y-4">
        {plan.status === "partial" && <Alert tone="warn" title="This plan is incomplete">Something could not be found out. It is named below, and nothing was built on it.</Alert>}
        <Missing missing={plan.missing} />
        {plan.goals.text && <Card title="The goal">{plan.goals.text}</Card>}
        <Card title="What matters most">
          {plan.priorities.length ? <Paragraphs paragraphs={plan.priorities} finder={finder} /> : <p>Nothing calls for a change.</p>}
        </Card>
        <Changes plan={plan} finder={finder} />
        <div className="grid gap-4 lg:grid-cols-2">
          <Card title="Where you stand">
            <Paragraphs paragraphs={plan.standing} finder={finder} />
          </Card>
          <AllocationCard allocation={plan.allocation} figure={figure} />
        </div>
        <Measures plan={plan} figure={figure} />
        <Outcomes projection={plan.projection} figure={figure} />
        <Recommendations recommendations={plan.recommendations} facts={byId} findings={findings} finder={finder} />
        {plan.answers.map(({ question, answer, evidence }) => (
          <Card key={question} title={question}>
            <Paragraphs paragraphs={[answer]} finder={finder} />
            <div className="mt-3">
              <Claims title="Evidence" ids={evidence} findings={findings} />
            </div>
          </Card>
        ))}
        <Card title="Findings" note="Each opens the stored passage that it was taken from">
          {plan.findings.length ? (
            <ul className="space-y-2">
              {plan.findings.map((finding) => (
                <li key={finding.id}>
                  <ClaimLine finding={finding} />
                  <PrintedSource finding={finding} />
                </li>
              ))}
            </ul>
          ) : (
            <p className="text-muted">Nothing was found, or nothing was to be researched.</p>
          )}
        </Card>
        <ResearchDone plan={plan} />
        <Assumptions plan={plan} />
        <p className="text-muted text-[13px]">{plan.not_advice}</p>
      </div>
    </Opener>
  );
}
