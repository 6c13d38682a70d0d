"use client";
import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";

type Told = "" | "copied" | "refused";

const WORDS: Record<Told, string> = { "": "", copied: "Copied", refused: "The browser does not allow it: select the text and copy it yourself" };

/** Copies a text and says so, to screen readers too. `what` names the text. */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const [told, setTold] = useState<Told>("");
  const copy = async () => {
    // Emptied first, so that it is said again the second time.
    setTold("");
    try {
      await navigator.clipboard.writeText(text);
      setTold("copied");
    } catch {
      setTold("refused");
    }
  };
  const Icon = told === "copied" ? Check : Copy;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button aria-label={`Copy ${what}`} onClick={copy}>
        <Icon aria-hidden className="size-4" />
        Copy
      </Button>
      <span role="status" className="text-[13px]">{WORDS[told]}</span>
    </div>
  );
}
