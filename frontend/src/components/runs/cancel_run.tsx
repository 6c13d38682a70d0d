"use client";
import { type RefObject, useRef, useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { callApi } from "@/lib/api/browser";
import type { ApiError } from "@/lib/api/errors";
import type { RunView } from "@/lib/api/types";

interface CancelRunProps {
  service: "planner" | "researcher";
  id: string;
  /** What is cancelled, for those who do not see the row that the button stands in. */
  about?: string;
  /** Gets the run as it is then. */
  onCancelled?: (run: RunView) => void;
  /** Gets the focus when it is cancelled: the button is gone then. */
  focusAfter: RefObject<HTMLElement | null>;
}

/** Asks once more, then cancels a run. */
export function CancelRun({ service, id, about, onCancelled, focusAfter }: CancelRunProps) {
  const [open, setOpen] = useState(false);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const focusNext = useRef<HTMLElement | null>(null);
  const change = (next: boolean) => {
    setError(null);
    setOpen(next);
  };
  const cancel = async () => {
    setPending(true);
    const answer = await callApi<RunView>(service, `/runs/${encodeURIComponent(id)}/cancel`, { method: "POST" });
    setPending(false);
    if (!answer.ok) return setError(answer.error);
    focusNext.current = focusAfter.current;
    change(false);
    onCancelled?.(answer.data);
  };
  return (
    <>
      <Button look="danger" aria-label={about && `Cancel ${about}`} onClick={() => change(true)}>
        Cancel
      </Button>
      <Dialog open={open} onOpenChange={change} focusAfter={focusNext} title="Cancel this run?" note="It stops where it is, with the runs that it handed work to. What it has used so far stays on its bill; what it has stored stays stored.">
        {error && <Alert tone="bad" title="It could not be cancelled" live>{error.message}</Alert>}
        <div className="mt-4 flex flex-wrap justify-end gap-2">
          <Button onClick={() => change(false)}>Keep it running</Button>
          <Button look="danger" disabled={pending} onClick={cancel}>
            {pending ? "Cancelling …" : "Cancel the run"}
          </Button>
        </div>
      </Dialog>
    </>
  );
}
