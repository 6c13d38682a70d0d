import "server-only";
import type { Result } from "@/lib/api/errors";
import type { VectorStoreTypes } from "@/lib/api/types";
import { FINDING_KIND } from "@/lib/research/stored_finding";
import { load } from "@/lib/server/call";

export function findPassages(request: VectorStoreTypes["SearchRequest"]): Promise<Result<VectorStoreTypes["SearchResult"]>> {
  return load("vector_store", "/search", request);
}

/** Documents of a kind; of all but the researcher's findings when none is given. */
export function loadDocuments({ kind, cursor, limit }: { kind: string; cursor: string; limit: number }): Promise<Result<VectorStoreTypes["DocumentList"]>> {
  const query = new URLSearchParams({ limit: String(limit), ...(kind ? { kind } : { exclude_kind: FINDING_KIND }), ...(cursor && { cursor }) });
  return load("vector_store", `/documents?${query}`);
}

/** Part of a document, or of the version that is named. */
export function loadText(id: string, start: number, characters: number, version?: string): Promise<Result<VectorStoreTypes["DocumentText"]>> {
  const named = version ? `${id}@${version}` : id;
  return load("vector_store", `/documents/${encodeURIComponent(named)}?${new URLSearchParams({ start: String(start), max_chars: String(characters) })}`);
}

export function loadVersions(id: string): Promise<Result<VectorStoreTypes["VersionList"]>> {
  return load("vector_store", `/documents/${encodeURIComponent(id)}/versions`);
}

/** Documents, but for findings, that are new or have a new version. */
export function loadChanges(since: string, cursor: string): Promise<Result<VectorStoreTypes["ChangeList"]>> {
  return load("vector_store", `/changes?${new URLSearchParams({ since, exclude_kind: FINDING_KIND, ...(cursor && { cursor }) })}`);
}
