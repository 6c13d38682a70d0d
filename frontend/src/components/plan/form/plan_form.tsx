"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { BudgetDetails, ResearchDetails, RetirementDetails, TradeDetails } from "@/components/plan/form/details";
import { GoalPart, QuestionPart, TargetPart } from "@/components/plan/form/essentials";
import type { PartProps } from "@/components/plan/form/part";
import { QuoteCard } from "@/components/plan/form/quote_card";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/states";
import { callApi } from "@/lib/api/browser";
import type { ApiError, Result } from "@/lib/api/errors";
import type { PlannerTypes, RunView } from "@/lib/api/types";
import { EMPTY_FORM, type PlanForm as Form } from "@/lib/plans/form";
import { type Problems, findProblems } from "@/lib/plans/problems";
import { toRequest } from "@/lib/plans/request";

interface PlanFormProps {
  portfolioId: string;
  currency: string | null;
  /** What the newest plan was made with, when there is one. */
  before: Form | null;
}

/** Asks what a plan is to be made for, says what it will cost, and starts it. */
export function PlanForm({ portfolioId, currency, before }: PlanFormProps) {
  const router = useRouter();
  const [form, setForm] = useState(before ?? EMPTY_FORM);
  const [problems, setProblems] = useState<Problems>({});
  const [error, setError] = useState<ApiError | null>(null);
  const [quote, setQuote] = useState<Result<PlannerTypes["Quote"]> | null>(null);
  const [pending, setPending] = useState<"" | "quote" | "start">("");
  const element = useShownProblems(problems);
  // One key for one wish: pressing twice, or again after a broken connection, starts one run.
  const key = useRef<string | null>(null);
  const change = (part: Partial<Form>) => {
    key.current = null;
    setQuote(null);
    setForm((now) => ({ ...now, ...part }));
  };
  const isWhole = () => {
    const found = findProblems(form);
    setProblems(found);
    return Object.keys(found).length === 0 && !showsUnreadableNumber(element.current);
  };
  const ask = async () => {
    if (!isWhole()) return;
    setPending("quote");
    setQuote(await callApi<PlannerTypes["Quote"]>("planner", "/runs/quote", { method: "POST", json: toRequest(form, portfolioId) }));
    setPending("");
  };
  const start = async (event: FormEvent) => {
    event.preventDefault();
    if (!isWhole()) return;
    setPending("start");
    setError(null);
    key.current ??= crypto.randomUUID();
    const headers = { "idempotency-key": key.current };
    const answer = await callApi<RunView>("planner", "/runs", { method: "POST", json: toRequest(form, portfolioId), headers });
    if (answer.ok) return router.push(`/plan/runs/${answer.data.id}`);
    setPending("");
    setError(answer.error);
  };
  const part: PartProps = { form, problems, change, currency: form.baseCurrency.trim().toUpperCase() || currency };

  return (
    <Card
      title="New plan"
      note={before ? "Filled in as for your newest plan. What is left out is named in the plan." : "Nothing has to be filled in; what is left out is named in the plan."}
      action={before && <Button look="quiet" onClick={() => { change(EMPTY_FORM); setProblems({}); }}>Start empty</Button>}
    >
      <form ref={element} onSubmit={start} noValidate className="space-y-5">
        <GoalPart {...part} />
        <TargetPart {...part} />
        <QuestionPart {...part} />
        <div className="space-y-2">
          <RetirementDetails {...part} />
          <TradeDetails {...part} />
          <ResearchDetails {...part} />
          <BudgetDetails {...part} />
        </div>
        {quote && <QuoteCard quote={quote} />}
        {error && <ErrorState what="The plan" error={error} live />}
        <div className="flex flex-wrap gap-2">
          <Button type="submit" look="primary" disabled={pending !== ""}>
            {pending === "start" ? "Starting …" : "Make the plan"}
          </Button>
          <Button disabled={pending !== ""} onClick={ask}>
            {pending === "quote" ? "Asking …" : "What will it cost?"}
          </Button>
        </div>
      </form>
    </Card>
  );
}

/** Unfolds what holds a problem, and puts the hand at the first one. */
function useShownProblems(problems: Problems) {
  const element = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const marked = [...(element.current?.querySelectorAll<HTMLElement>("[aria-invalid=true], [role=alert]") ?? [])];
    for (const one of marked) one.closest("details")?.setAttribute("open", "");
    marked[0]?.focus();
  }, [problems]);
  return element;
}

/** Whether a field holds letters where a number belongs: the browser gives no value for it, and says so at the field. */
function showsUnreadableNumber(form: HTMLFormElement | null): boolean {
  const unreadable = [...(form?.querySelectorAll("input") ?? [])].find(({ validity }) => validity.badInput);
  unreadable?.closest("details")?.setAttribute("open", "");
  unreadable?.reportValidity();
  return unreadable !== undefined;
}
