"use client";
import { type ReactNode, type RefObject, useRef, useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { ApiError, Result } from "@/lib/api/errors";

interface ConfirmButtonProps<T> {
  label: string;
  /** Read out in place of `label` where several such buttons stand. */
  name?: string | undefined;
  /** The question. */
  title: string;
  /** What is lost, and what stays. */
  note: ReactNode;
  /** What the button says that does it. */
  confirm: string;
  /** What the button says that leaves all as it is. */
  keep: string;
  act: () => Promise<Result<T>>;
  onDone: (data: T) => void;
  /** Gets the focus when it is done; the button is gone then. The content of the page unless given. */
  focusAfter?: RefObject<HTMLElement | null>;
}

/** A button for what cannot be taken back: it asks once more. */
export function ConfirmButton<T>({ label, name, title, note, confirm, keep, act, onDone, focusAfter }: ConfirmButtonProps<T>) {
  const [open, setOpen] = useState(false);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const focusNext = useRef<HTMLElement | null>(null);
  const change = (next: boolean) => {
    setError(null);
    setOpen(next);
  };
  const run = async () => {
    setPending(true);
    const answer = await act();
    setPending(false);
    if (!answer.ok) return setError(answer.error);
    focusNext.current = focusAfter?.current ?? document.getElementById("main");
    change(false);
    onDone(answer.data);
  };
  return (
    <>
      <Button look="danger" aria-label={name} onClick={() => change(true)}>
        {label}
      </Button>
      <Dialog open={open} onOpenChange={change} focusAfter={focusNext} title={title} note={note}>
        {error && <Alert tone="bad" title="It could not be done" live>{error.message}</Alert>}
        <div className="mt-4 flex flex-wrap justify-end gap-2">
          <Button onClick={() => change(false)}>{keep}</Button>
          <Button look="danger" disabled={pending} onClick={run}>
            {pending ? `${confirm} …` : confirm}
          </Button>
        </div>
      </Dialog>
    </>
  );
}
