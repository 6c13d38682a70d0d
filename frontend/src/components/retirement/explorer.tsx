"use client";
import { useEffect, useState } from "react";
import { Missing } from "@/components/portfolio/missing";
import { Assumptions } from "@/components/retirement/assumptions";
import { LeversCard } from "@/components/retirement/levers_card";
import { ModelOutcomes } from "@/components/retirement/model_outcomes";
import { WishSliders } from "@/components/retirement/wish_sliders";
import { ErrorState } from "@/components/ui/states";
import { callApi } from "@/lib/api/browser";
import type { Result } from "@/lib/api/errors";
import type { PlannerTypes } from "@/lib/api/types";
import { FIRST_WISHES, retirementRequest } from "@/lib/retirement";

type Answer = Result<PlannerTypes["RetirementAnswer"]>;

const DEBOUNCE_MS = 300;

/** Outcomes of a retirement for wishes that sliders change; the planner computes each anew. */
export function RetirementExplorer({ portfolioId, first }: { portfolioId: string; first: Answer }) {
  const [wishes, setWishes] = useState(FIRST_WISHES);
  const [shown, setShown] = useState({ wishes: FIRST_WISHES, answer: first });
  const pending = shown.wishes !== wishes;
  useEffect(() => {
    if (!pending) return;
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      const answer: Answer = await callApi("planner", "/retirement", { method: "POST", json: retirementRequest(portfolioId, wishes), signal: stop.signal });
      if (!stop.signal.aborted) setShown({ wishes, answer });
    }, DEBOUNCE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [portfolioId, wishes, pending]);
  const { answer } = shown;
  const currency = answer.ok ? answer.data.projection.currency : null;
  return (
    <div className="grid gap-4 lg:grid-cols-[18rem_minmax(0,1fr)] lg:items-start">
      <WishSliders wishes={wishes} currency={currency} pending={pending} onChange={setWishes} />
      <div aria-busy={pending} className="min-w-0 space-y-4">
        {answer.ok ? <Findings answer={answer.data} /> : <ErrorState what="The outcomes" error={answer.error} live />}
      </div>
    </div>
  );
}

function Findings({ answer: { projection, missing } }: { answer: PlannerTypes["RetirementAnswer"] }) {
  return (
    <>
      <Missing missing={missing} />
      <ModelOutcomes projection={projection} />
      <LeversCard projection={projection} />
      <Assumptions projection={projection} />
    </>
  );
}
