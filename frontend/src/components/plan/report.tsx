import { Claims } from "@/components/plan/claims";
import { ConsideredSubjects } from "@/components/plan/considered";
import { Findings } from "@/components/plan/findings";
import { FigureButton, Opener } from "@/components/plan/opener";
import { Measures } from "@/components/plan/measures";
import { Outcomes } from "@/components/plan/outcomes";
import { Paragraphs } from "@/components/plan/prose";
import { Recommendations } from "@/components/plan/recommendations";
import { Assumptions, Changes, ResearchDone } from "@/components/plan/sections";
import { WhatIfs } from "@/components/plan/what_ifs";
import { AllocationCard } from "@/components/portfolio/allocation_card";
import { Missing } from "@/components/portfolio/missing";
import { Alert } from "@/components/ui/alert";
import { Card } from "@/components/ui/card";
import type { Fact, Plan } from "@/lib/api/types";
import { requestFormat } from "@/lib/format/server";
import { FigureFinder } from "@/lib/plans/figures";
import type { ShowFigure } from "@/lib/plans/show_figure";

/** A plan as a report to be read from top to bottom, and to be checked at every figure and claim. */
export async function Report({ plan, facts }: { plan: Plan; facts: Fact[] }) {
  const format = await requestFormat();
  const finder = new FigureFinder(facts);
  const byId = new Map(facts.map((fact) => [fact.id, fact]));
  const findings = new Map(plan.findings.map((finding) => [finding.id, finding]));
  const figure: ShowFigure = (id, text) => (byId.has(id) ? <FigureButton ids={[id]}>{text}</FigureButton> : text);
  return (
    <Opener planId={plan.id}>
      <div className="space-y-4">
        {plan.status === "partial" && <Alert tone="warn" title="This plan is incomplete">Something could not be found out. It is named below, and nothing was built on it.</Alert>}
        <Missing missing={plan.missing} format={format} />
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
        <WhatIfs plan={plan} figure={figure} />
        <Recommendations recommendations={plan.recommendations} facts={byId} findings={findings} finder={finder} />
        {plan.answers.map(({ question, answer, evidence }) => (
          <Card key={question} title={question}>
            <Paragraphs paragraphs={[answer]} finder={finder} />
            <div className="mt-3">
              <Claims title="Evidence" ids={evidence} findings={findings} />
            </div>
          </Card>
        ))}
        <ConsideredSubjects plan={plan} finder={finder} />
        <Findings findings={plan.findings} figure={figure} />
        <ResearchDone plan={plan} />
        <Assumptions plan={plan} />
        <p className="text-muted text-[13px]">{plan.not_advice}</p>
      </div>
    </Opener>
  );
}
