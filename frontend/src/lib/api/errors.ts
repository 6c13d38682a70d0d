/** What went wrong with a call, in the shape that every service answers with. It crosses from server to client. */
export interface ApiError {
  status: number;
  code: string;
  message: string;
  detail: Record<string, unknown>;
  requestId: string | undefined;
}

export type Result<T> = { ok: true; data: T } | { ok: false; error: ApiError };

export class ApiFailure extends Error {
  constructor(readonly error: ApiError) {
    super(error.message);
  }
}

/** Reads the error of an answer, also of one that no service of ours wrote. */
export async function readError(response: Response, what: string): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  const error = isRecord(body) && isRecord(body.error) ? body.error : {};
  return {
    status: response.status,
    code: text(error.code) ?? "unexpected_answer",
    message: text(error.message) ?? `The ${what} answered HTTP ${response.status} without saying why.`,
    detail: isRecord(error.detail) ? error.detail : {},
    requestId: text(error.request_id) ?? response.headers.get("x-request-id") ?? undefined,
  };
}

/** Returns the error of a call that got no answer at all. */
export function noAnswer(what: string): ApiError {
  return {
    status: 503,
    code: "no_answer",
    message: `The ${what} does not answer. Is it running? Nothing was lost; try again in a moment.`,
    detail: { upstream: what },
    requestId: undefined,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value ? value : undefined;
}
