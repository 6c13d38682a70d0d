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
import { useFormat } from "@/lib/format/client";
import { type KeptGoals, type Wishes, limitsFor, retirementRequest } from "@/lib/retirement";

type Answer = Result<PlannerTypes["RetirementAnswer"]>;

const DEBOUNCE_MS = 300;

interface RetirementExplorerProps {
  portfolioId: string;
  firstWishes: Wishes;
  first: Answer;
  kept: KeptGoals;
  /** What the wishes begin with, in a sentence. */
  note: string;
}

/** Outcomes of a retirement for wishes that sliders change; the planner computes each anew. */
export function RetirementExplorer({ portfolioId, firstWishes, first, kept, note }: RetirementExplorerProps) {
  const [wishes, setWishes] = useState(firstWishes);
  const [shown, setShown] = useState({ wishes: firstWishes, answer: first });
  const pending = shown.wishes !== wishes;
  useEffect(() => {
    if (!pending) return;
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      const answer: Answer = await callApi("planner", "/retirement", { method: "POST", json: retirementRequest(portfolioId, wishes, kept), signal: stop.signal });
      if (!stop.signal.aborted) setShown({ wishes, answer });
    }, DEBOUNCE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [portfolioId, wishes, kept, pending]);
  const { answer } = shown;
  const currency = answer.ok ? answer.data.projection.currency : null;
  return (
    <div className="grid gap-4 lg:grid-cols-[18rem_minmax(0,1fr)] lg:items-start">
      <WishSliders wishes={wishes} limits={limitsFor(firstWishes)} note={note} kept={kept} currency={currency} pending={pending} onChange={setWishes} />
      <div aria-busy={pending} className="min-w-0 space-y-4">
        {answer.ok ? <Findings answer={answer.data} /> : <ErrorState what="The outcomes" error={answer.error} live />}
      </div>
    </div>
  );
}

function Findings({ answer: { projection, missing } }: { answer: PlannerTypes["RetirementAnswer"] }) {
  return (
    <>
      <Missing missing={missing} format={useFormat()} />
      <ModelOutcomes projection={projection} />
      <LeversCard projection={projection} />
      <Assumptions projection={projection} />
    </>
  );
}
