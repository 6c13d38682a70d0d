"use client";
import dynamic from "next/dynamic";
import { type ReactNode, createContext, useCallback, useContext, useRef, useState } from "react";

// Loaded once something is opened: a reader who only reads does without.
const ClaimDialog = dynamic(() => import("@/components/plan/claim_dialog"));
const FactDialog = dynamic(() => import("@/components/plan/fact_dialog"));

type Opened = { kind: "facts"; ids: string[] } | { kind: "claim"; id: string };

const Open = createContext<(opened: Opened) => void>(() => undefined);

/** Opens figures and claims of one plan over its page. */
export function Opener({ planId, children }: { planId: string; children: ReactNode }) {
  const [opened, setOpened] = useState<Opened | null>(null);
  // A figure opens others in turn; the focus goes back to the first one.
  const opener = useRef<HTMLElement | null>(null);
  // Kept, so that opening one figure does not draw all others anew.
  const open = useCallback((next: Opened) => {
    opener.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    setOpened(next);
  }, []);
  const close = () => setOpened(null);
  return (
    <Open value={open}>
      {children}
      {opened?.kind === "facts" && <FactDialog key={opened.ids.join(" ")} planId={planId} ids={opened.ids} focusAfter={opener} onOpen={(ids) => setOpened({ kind: "facts", ids })} onClose={close} />}
      {opened?.kind === "claim" && <ClaimDialog planId={planId} id={opened.id} focusAfter={opener} onClose={close} />}
    </Open>
  );
}

/** A figure that opens the calculation behind it. */
export function FigureButton({ ids, children }: { ids: string[]; children: ReactNode }) {
  const open = useContext(Open);
  return (
    <button type="button" title="Show how this is computed" className="numbers decoration-accent hover:bg-info-soft rounded-xs underline decoration-dotted underline-offset-4" onClick={() => open({ kind: "facts", ids })}>
      {children}
    </button>
  );
}

/** A claim that opens the stored passage it was taken from. */
export function ClaimButton({ id, children }: { id: string; children: ReactNode }) {
  const open = useContext(Open);
  return (
    <button type="button" title="Show the stored passage" className="text-left underline decoration-dotted underline-offset-4 hover:bg-info-soft rounded-xs" onClick={() => open({ kind: "claim", id })}>
      {children}
    </button>
  );
}
