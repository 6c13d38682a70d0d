/** Calls that read a file of the reader's. */
import { callApi } from "@/lib/api/browser";
import type { ApiError, Result } from "@/lib/api/errors";
import type { DraftAnswer } from "@/lib/api/types";
import type { TableColumns } from "@/lib/import/mapping";

/** What the planner reads of one file (`MAX_BYTES` in `alex_planner.importing.decoding`). */
export const MAX_FILE_BYTES = 20 * 1024 * 1024;

/** Says that a file is too large before it is sent: an upload that is refused half-way looks like a lost connection. */
export function tooLarge(bytes: number): ApiError {
  const message = `The file has ${Math.ceil(bytes / 1024 / 1024)} MB; at most ${MAX_FILE_BYTES / 1024 / 1024} MB are read. Export a shorter time, or positions only. Nothing was sent.`;
  return { status: 413, code: "portfolio_too_large", message, detail: {}, requestId: undefined };
}

export function draftFile(file: File, query: string): Promise<Result<DraftAnswer>> {
  return send(`/portfolios/import/draft${query && `?${query}`}`, file);
}

export function readColumns(file: File): Promise<Result<TableColumns>> {
  return send("/portfolios/import/columns", file);
}

function send<T>(path: string, file: File): Promise<Result<T>> {
  return callApi("planner", path, { method: "POST", body: file, headers: { "content-type": file.type || "application/octet-stream" } });
}
