"use client";
import { FileUp } from "lucide-react";
import { useRouter } from "next/navigation";
import { type DragEvent, useState } from "react";
import { DraftReview } from "@/components/import/draft_review";
import { ErrorState } from "@/components/ui/states";
import { Alert } from "@/components/ui/alert";
import { callApi } from "@/lib/api/browser";
import type { ApiError } from "@/lib/api/errors";
import type { DraftAnswer } from "@/lib/api/types";
import { cn } from "@/lib/class_names";

/** From a file to a stored snapshot: the draft stays at the service, so that a reload shows it again. */
export function ImportFlow({ initial }: { initial: DraftAnswer | null }) {
  const router = useRouter();
  const [draft, setDraft] = useState(initial);
  const [name, setName] = useState("");
  const [error, setError] = useState<ApiError | null>(null);
  const [reading, setReading] = useState("");

  const read = async (file: File) => {
    setReading(file.name);
    setError(null);
    const answer = await callApi<DraftAnswer>("planner", "/portfolios/import/draft", {
      method: "POST",
      body: file,
      headers: { "content-type": file.type || "application/octet-stream" },
    });
    setReading("");
    setDraft(answer.ok ? answer.data : null);
    if (!answer.ok) return setError(answer.error);
    setName(file.name.replace(/\.[^.]+$/, ""));
    router.replace(`/import?draft=${answer.data.id}`, { scroll: false });
  };

  return (
    <div className="space-y-4">
      <FileField reading={reading} onFile={read} compact={draft !== null} />
      {error && <Unreadable error={error} />}
      {draft && <DraftReview key={draft.id} draft={draft} suggestedName={name} />}
    </div>
  );
}

function FileField({ reading, onFile, compact }: { reading: string; onFile: (file: File) => void; compact: boolean }) {
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file) onFile(file);
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
          QFX of any broker; or a CSV with the columns symbol, quantity and currency. At most 20 MB.
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

function Unreadable({ error }: { error: ApiError }) {
  const problems = Array.isArray(error.detail.problems) ? (error.detail.problems as { line: number; message: string }[]) : [];
  if (!problems.length) return <ErrorState what="The file" error={error} live />;
  return (
    <Alert tone="bad" title="This file cannot be read" live>
      <ul className="list-disc pl-4">
        {problems.slice(0, 20).map(({ line, message }) => (
          <li key={`${line} ${message}`}>
            Line {line}: {message.replace(/^line \d+: /, "")}
          </li>
        ))}
      </ul>
      <p className="mt-2">Nothing was kept. Mend the file and choose it again.</p>
    </Alert>
  );
}
