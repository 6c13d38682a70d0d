import { yearFact } from "@/components/charts/outcome_fan";
import { Card } from "@/components/ui/card";
import { Table, Td, Th } from "@/components/ui/table";
import type { Plan, PlannerTypes } from "@/lib/api/types";
import { type Format, words } from "@/lib/format/format";
import { requestFormat } from "@/lib/format/server";
import { goalsTried } from "@/lib/plans/goals_tried";
import type { ShowFigure } from "@/lib/plans/show_figure";

/** Other goals that were tried on the same random numbers, beside the goals as they are. */
export async function WhatIfs({ plan: { what_ifs, projection }, figure }: { plan: Plan; figure: ShowFigure }) {
  if (!what_ifs.length || !projection) return null;
  const format = await requestFormat();
  const { currency, outcomes } = projection;
  const shared = { currency, format, figure };
  return (
    <Card title="What if" note="Other goals on the same random numbers: the chance that everything is paid, and the middle value at the end">
      <Table label="Other goals that were tried">
        <thead>
          <tr>
            <Th>Goals</Th>
            {outcomes.map(({ model }) => (
              <Th key={model} numeric>{words(model)}</Th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <Th scope="row" className="text-text align-top">As they are</Th>
            {outcomes.map((outcome) => (
              <Td key={outcome.model} numeric>
                <AsItIs outcome={outcome} {...shared} />
              </Td>
            ))}
          </tr>
          {what_ifs.map((tried) => (
            <tr key={tried.id}>
              <Th scope="row" className="text-text min-w-40 align-top">
                {goalsTried(tried, currency, format).map(({ fact, before, text, after }) => (
                  <span key={fact} className="block">{before} {figure(fact, text)} {after}</span>
                ))}
              </Th>
              {outcomes.map(({ model }) => (
                <Td key={model} numeric>
                  <Tried answer={tried.answers.find((answer) => answer.model === model)} prefix={`what_if.${tried.id}.${model}`} {...shared} />
                </Td>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

interface Shared {
  currency: string;
  format: Format;
  figure: ShowFigure;
}

function AsItIs({ outcome: { model, success, years }, currency, format, figure }: Shared & { outcome: PlannerTypes["Outcome"] }) {
  const last = years.at(-1);
  return (
    <>
      {success && <span className="block">{figure(`retirement.${model}.success`, format.percent(success.probability))}</span>}
      {last && <span className="block">{figure(yearFact(model, last.year, "p50"), format.money(last.p50, currency, 0))}</span>}
    </>
  );
}

function Tried({ answer, prefix, currency, format, figure }: Shared & { answer: PlannerTypes["ModelAnswer"] | undefined; prefix: string }) {
  if (!answer) return "–";
  return (
    <>
      {answer.success !== null && <span className="block">{figure(`${prefix}.success`, format.percent(answer.success))}</span>}
      <span className="block">{figure(`${prefix}.median`, format.money(answer.median, currency, 0))}</span>
    </>
  );
}
