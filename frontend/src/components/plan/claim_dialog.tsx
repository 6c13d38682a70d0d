"use client";
import type { RefObject } from "react";
import { QuotedPassage } from "@/components/evidence/passage";
import { Dialog } from "@/components/ui/dialog";
import { ErrorState, Skeleton } from "@/components/ui/states";
import type { PlannerTypes } from "@/lib/api/types";
import { useLoaded } from "@/lib/api/use_loaded";

interface ClaimDialogProps {
  planId: string;
  id: string;
  focusAfter: RefObject<HTMLElement | null>;
  onClose: () => void;
}

/** A claim with the stored passage that it was taken from, the quote marked in it. */
export default function ClaimDialog({ planId, id, focusAfter, onClose }: ClaimDialogProps) {
  const answer = useLoaded<PlannerTypes["OpenedClaim"]>("planner", `/plans/${planId}/claims/${encodeURIComponent(id)}`);
  return (
    <Dialog open onOpenChange={onClose} focusAfter={focusAfter} title="Where this claim comes from" note="The passage as it was stored when it was read; the quote is marked.">
      {!answer && <Skeleton className="h-40" />}
      {answer && !answer.ok && <ErrorState what="The passage" error={answer.error} live />}
      {answer?.ok && <QuotedPassage evidence={answer.data.finding} context={answer.data.context} notRead={answer.data.not_read} />}
    </Dialog>
  );
}
