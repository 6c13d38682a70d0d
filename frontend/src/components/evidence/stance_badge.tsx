import { Badge, type Tone } from "@/components/ui/badge";
import type { Finding } from "@/lib/api/types";

const STANCES: Record<Finding["stance"], { tone: Tone; words: string }> = {
  supports: { tone: "good", words: "for" },
  against: { tone: "bad", words: "against" },
  neutral: { tone: "plain", words: "neutral" },
};

/** Whether a finding speaks for the holding or against it. */
export function StanceBadge({ stance }: { stance: Finding["stance"] }) {
  return <Badge tone={STANCES[stance].tone}>{STANCES[stance].words}</Badge>;
}
