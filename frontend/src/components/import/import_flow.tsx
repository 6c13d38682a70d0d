"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { DraftReview } from "@/components/import/draft_review";
import { FileField } from "@/components/import/file_field";
import { MappingForm } from "@/components/import/mapping_form";
import { Unreadable } from "@/components/import/unreadable";
import { Button } from "@/components/ui/button";
import type { ApiError } from "@/lib/api/errors";
import type { DraftAnswer } from "@/lib/api/types";
import { MAX_FILE_BYTES, draftFile, readColumns, tooLarge } from "@/lib/import/calls";
import { type Mapping, type TableColumns, mappingQuery } from "@/lib/import/mapping";

interface Reading {
  /** The chosen file; a reload shows its draft again, but not the file. */
  file: File | null;
  draft: DraftAnswer | null;
  error: ApiError | null;
  /** Its columns, once their meaning is asked for. */
  table: TableColumns | null;
}

const NOTHING: Reading = { file: null, draft: null, error: null, table: null };

/** From a file to a stored snapshot: the draft stays at the service, so that a reload shows it again. */
export function ImportFlow({ initial }: { initial: DraftAnswer | null }) {
  const router = useRouter();
  const [state, setState] = useState<Reading>({ ...NOTHING, draft: initial });
  const [pending, setPending] = useState("");
  const { file, draft, error, table } = state;

  const read = async (chosen: File) => {
    if (chosen.size > MAX_FILE_BYTES) return setState({ ...NOTHING, error: tooLarge(chosen.size) });
    await draftOf(chosen, "", null);
  };
  const draftOf = async (chosen: File, query: string, known: TableColumns | null) => {
    setPending(chosen.name);
    const answer = await draftFile(chosen, query);
    if (answer.ok) {
      setState({ file: chosen, draft: answer.data, error: null, table: null });
      router.replace(`/import?draft=${answer.data.id}`, { scroll: false });
    } else {
      setState({ file: chosen, draft: null, error: answer.error, table: known ?? (answer.error.code === "invalid_portfolio" ? await columnsOf(chosen) : null) });
    }
    setPending("");
  };
  const askColumns = async (chosen: File) => {
    setPending(chosen.name);
    const answer = await readColumns(chosen);
    setState({ file: chosen, draft: null, error: answer.ok ? null : answer.error, table: answer.ok ? answer.data : null });
    setPending("");
  };

  return (
    <div className="space-y-4">
      <FileField reading={pending} onFile={read} compact={draft !== null || table !== null} />
      {error && <Unreadable error={error} canMap={table !== null} />}
      {table && file && <MappingForm key={`${file.name} ${file.lastModified}`} table={table} pending={pending !== ""} onPreview={(mapping: Mapping) => draftOf(file, mappingQuery(mapping), table)} />}
      {draft && <DraftReview key={draft.id} draft={draft} suggestedName={file?.name.replace(/\.[^.]+$/, "") ?? ""} />}
      {draft && file && (
        <Button look="quiet" disabled={pending !== ""} onClick={() => askColumns(file)}>
          Not what the file says? Name its columns yourself
        </Button>
      )}
    </div>
  );
}

/** The columns of a file that could not be read; null when it is no table at all. */
async function columnsOf(file: File): Promise<TableColumns | null> {
  const answer = await readColumns(file);
  return answer.ok ? answer.data : null;
}
