import { StanceBadge } from "@/components/evidence/stance_badge";
import { ClaimButton } from "@/components/plan/opener";
import type { Finding } from "@/lib/api/types";

/** Claims by their ids; each opens the stored passage it was taken from. One that the plan does not have is named. */
export function Claims({ title, ids, findings }: { title: string; ids: string[]; findings: Map<string, Finding> }) {
  if (!ids.length) return null;
  return (
    <div>
      <h3 className="text-[13px] font-medium">{title}</h3>
      <ul className="mt-1 space-y-1.5 text-[13px]">
        {ids.map((id) => {
          const finding = findings.get(id);
          return <li key={id}>{finding ? <ClaimLine finding={finding} /> : <span className="text-warn">The claim {id} is not in this plan.</span>}</li>;
        })}
      </ul>
    </div>
  );
}

export function ClaimLine({ finding: { id, claim, stance, title } }: { finding: Finding }) {
  return (
    <>
      <StanceBadge stance={stance} /> <ClaimButton id={id}>{claim}</ClaimButton> <span className="text-muted">{title}</span>
    </>
  );
}

/** What a reader on a screen opens: the quote and where it stands. */
export function PrintedSource({ finding: { quote, source_url } }: { finding: Finding }) {
  return (
    <span className="only-printed text-muted text-[13px] [overflow-wrap:anywhere]">
      <q>{quote}</q> {source_url}
    </span>
  );
}
