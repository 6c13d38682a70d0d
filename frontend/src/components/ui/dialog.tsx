"use client";
import * as Radix from "@radix-ui/react-dialog";
import { X } from "lucide-react";
import { type ReactNode, type RefObject, useRef } from "react";
import { buttonClasses } from "@/components/ui/button";

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** One sentence under the title. */
  note?: ReactNode;
  /** Where the focus goes when what opened it is gone by then. */
  focusAfter?: RefObject<HTMLElement | null>;
  children: ReactNode;
}

/** A panel over the page; Escape and a click beside it close it, and the focus goes back to where it was. */
export function Dialog({ open, onOpenChange, title, note, focusAfter, children }: DialogProps) {
  const opener = useRef<Element | null>(null);
  const giveFocusBack = (event: Event) => {
    // Radix gives it to its own trigger, and there is none: what opens a dialog here is any button of the page.
    event.preventDefault();
    const next = focusAfter?.current ?? opener.current;
    if (next instanceof HTMLElement) next.focus();
  };
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/45" />
        <Radix.Content
          {...(note ? {} : { "aria-describedby": undefined })}
          onOpenAutoFocus={() => { opener.current = document.activeElement; }}
          onCloseAutoFocus={giveFocusBack}
          className="bg-card border-line fixed inset-x-3 top-1/2 z-50 mx-auto max-h-[85dvh] max-w-2xl -translate-y-1/2 overflow-y-auto rounded-xl border p-5 shadow-xl"
        >
          <div className="mb-3 flex items-start justify-between gap-4">
            <div>
              <Radix.Title className="text-lg font-semibold tracking-tight">{title}</Radix.Title>
              {note && <Radix.Description className="text-muted text-[13px]">{note}</Radix.Description>}
            </div>
            <Radix.Close className={buttonClasses("quiet")} aria-label="Close">
              <X aria-hidden className="size-4" />
            </Radix.Close>
          </div>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
