import { Sentence } from "@/components/plan/prose";
import { Badge, type Tone } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Table, Td, Th } from "@/components/ui/table";
import type { Plan, PlannerTypes } from "@/lib/api/types";
import type { FigureFinder } from "@/lib/plans/figures";

type Subject = PlannerTypes["Considered"];

const OUTCOMES: Record<Subject["outcome"], { text: string; tone: Tone }> = {
  researched: { text: "researched", tone: "good" },
  known: { text: "known already", tone: "good" },
  "nothing found": { text: "nothing found", tone: "plain" },
  failed: { text: "failed", tone: "bad" },
  "not researched": { text: "not researched", tone: "plain" },
};

interface ConsideredProps {
  plan: Plan;
  finder: FigureFinder;
}

/** Which questions, holdings and themes were weighed for research, why, and what came of each. */
export function ConsideredSubjects({ plan: { considered, researched }, finder }: ConsideredProps) {
  if (!considered.length) return null;
  const counts = new Map(researched.map(({ subject, findings }) => [subject, findings]));
  const lookedInto = considered.filter(({ outcome }) => outcome !== "not researched");
  const left = considered.filter(({ outcome }) => outcome === "not researched");
  return (
    <Card title="What was researched" note="Questions come first; then counts the share of the portfolio, how long ago it was researched, and that news moves a share more than a theme or a fund">
      {lookedInto.length ? (
        <Table label="Subjects that were looked into">
          <thead>
            <tr>
              <Th>Subject</Th>
              <Th>Why</Th>
              <Th>Result</Th>
              <Th numeric>Findings</Th>
            </tr>
          </thead>
          <tbody>
            {lookedInto.map(({ subject, name, kind, why, outcome }) => (
              <tr key={subject}>
                <Th scope="row" className="text-text min-w-32 align-top">
                  {name} <span className="text-muted block font-normal">{kind}</span>
                </Th>
                <Td className="min-w-40"><Why subject={subject} why={why} finder={finder} /></Td>
                <Td><Badge tone={OUTCOMES[outcome].tone}>{OUTCOMES[outcome].text}</Badge></Td>
                <Td numeric>{counts.get(subject) ?? "–"}</Td>
              </tr>
            ))}
          </tbody>
        </Table>
      ) : (
        <p>Nothing was looked into: no research was asked for, or there was nothing to look into.</p>
      )}
      {left.length > 0 && (
        <details className="mt-3">
          <summary className="cursor-pointer">{left.length} not looked into{lookedInto.length > 0 && ": their need is less"}</summary>
          <ul className="mt-1 list-disc space-y-0.5 pl-4 text-[13px]">
            {left.map(({ subject, name, why }) => (
              <li key={subject}>
                {name} <span className="text-muted">(<Why subject={subject} why={why} finder={finder} />)</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Card>
  );
}

function Why({ subject, why, finder }: { subject: string; why: string; finder: FigureFinder }) {
  return <Sentence text={why} finder={finder} own={[`holding.${subject}.share`]} />;
}
