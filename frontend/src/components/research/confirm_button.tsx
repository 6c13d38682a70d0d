"use client";
import { type ReactNode, useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { ApiError, Result } from "@/lib/api/errors";

interface Props {
  /** What the button says, and again the one that does it. */
  label: string;
  /** Read out in place of `label` where several such buttons stand. */
  name?: string;
  title: string;
  /** What is lost, and what stays. */
  children: ReactNode;
  act: () => Promise<Result<unknown>>;
  onDone: () => void;
}

/** A button for what cannot be taken back: it asks first. */
export function ConfirmButton({ label, name, title, children, act, onDone }: Props) {
  const [open, setOpen] = useState(false);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const confirm = async () => {
    setPending(true);
    const answer = await act();
    setPending(false);
    if (!answer.ok) return setError(answer.error);
    setOpen(false);
    onDone();
  };
  return (
    <>
      <Button look="danger" aria-label={name} onClick={() => { setError(null); setOpen(true); }}>
        {label}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={title}>
        <div className="space-y-4">
          <div>{children}</div>
          {error && <Alert tone="bad" title="It could not be done" live>{error.message}</Alert>}
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Keep it</Button>
            <Button look="danger" disabled={pending} onClick={confirm}>
              {label}
            </Button>
          </div>
        </div>
      </Dialog>
    </>
  );
}
