"use client";
import type { RefObject } from "react";
import { ConfirmButton } from "@/components/ui/confirm_button";
import { callApi } from "@/lib/api/browser";
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
  return (
    <ConfirmButton
      label="Cancel"
      name={about && `Cancel ${about}`}
      title="Cancel this run?"
      note="It stops where it is, with the runs that it handed work to. What it has used so far stays on its bill; what it has stored stays stored."
      confirm="Cancel the run"
      keep="Keep it running"
      act={() => callApi<RunView>(service, `/runs/${encodeURIComponent(id)}/cancel`, { method: "POST" })}
      onDone={(run) => onCancelled?.(run)}
      focusAfter={focusAfter}
    />
  );
}
