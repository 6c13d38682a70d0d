/** Findings of the researcher as the knowledge base keeps them: a document whose text is the claim and then its evidence as JSON. */

export const FINDING_KIND = "finding";

export interface StoredFinding {
  topic: string;
  claim: string;
  quote: string;
  title: string;
  document_id: string;
  version_id: string;
}

const FIELDS = ["topic", "claim", "quote", "title", "document_id", "version_id"] as const;

/** The claim, without the evidence behind it. */
export function claimOf(text: string): string {
  return text.split("\n\n{")[0]!;
}

/** Reads the text of a stored finding; null when it is somebody else's. */
export function readFinding(text: string): StoredFinding | null {
  try {
    const value = JSON.parse(text.slice(text.indexOf("\n\n") + 2)) as Record<string, unknown> | null;
    return value && FIELDS.every((name) => typeof value[name] === "string") ? (value as unknown as StoredFinding) : null;
  } catch {
    return null;
  }
}
