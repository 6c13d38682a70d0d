import { Alert } from "@/components/ui/alert";
import { ErrorState } from "@/components/ui/states";
import type { Result } from "@/lib/api/errors";
import type { PlannerTypes } from "@/lib/api/types";
import { useFormat } from "@/lib/format/client";
import { limitsText, usageText } from "@/lib/plans/quote";

type Quote = PlannerTypes["Quote"];

/** What a plan with this form will probably use, before anything is spent. */
export function QuoteCard({ quote }: { quote: Result<Quote> }) {
  const format = useFormat();
  if (!quote.ok) return <ErrorState what="The estimate" error={quote.error} live />;
  const { model, based_on_runs: runs, typical, most, budget, max_own_turns: turns } = quote.data;
  const limits = limitsText(budget, format);
  return (
    <Alert title={typical ? `Probably ${usageText(typical, format)}` : "What it will use is not known yet"} live>
      {typical && most ? (
        <p>
          By {runs === 1 ? "the plan" : `${format.number(runs)} plans`} made before with the {model}; the most that one of them used: {usageText(most, format)}.
        </p>
      ) : (
        <p>No plan was made with the {model} before.</p>
      )}
      <p>{limits ? `It stops at ${limits}.` : `Without a budget it stops after ${format.number(turns)} model calls of its own, its research not counted.`} Nothing was started.</p>
    </Alert>
  );
}
