"use client";
import { FileUp } from "lucide-react";
import { type DragEvent, useState } from "react";
import { cn } from "@/lib/class_names";

/** Where a file is dropped or chosen. `reading` names the one that is being read. */
export function FileField({ reading, onFile, compact }: { reading: string; onFile: (file: File) => void; compact: boolean }) {
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file && !reading) onFile(file);
  };
  return (
    <label
      onDragOver={(event) => { event.preventDefault(); setOver(true); }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cn(
        "bg-card border-line focus-within:outline-accent flex cursor-pointer flex-col items-center rounded-lg border border-dashed px-6 text-center focus-within:outline-2",
        compact ? "py-5" : "py-12",
        over && "border-accent bg-info-soft",
      )}
    >
      <FileUp aria-hidden className="text-muted mb-2 size-6" strokeWidth={1.5} />
      <span className="font-semibold">{reading ? `Reading ${reading} …` : compact ? "Choose another file" : "Choose a file, or drop it here"}</span>
      {!compact && (
        <span className="text-muted mt-1 max-w-prose text-[13px]">
          Exports of Schwab, Fidelity, Vanguard, E*TRADE, Robinhood, Interactive Brokers, Trading 212, DEGIRO, Swissquote, XTB, Trade Republic and Coinbase; OFX and
          QFX of any broker; or any other table as CSV or XLSX, whose columns you then name. At most 20 MB.
        </span>
      )}
      <input
        type="file"
        className="sr-only"
        aria-label="File of your broker"
        disabled={reading !== ""}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) onFile(file);
          event.target.value = "";
        }}
      />
    </label>
  );
}
