/** When a reader last looked at what changed. A visit is over half an hour after its last look; it is kept in a cookie. */

const GAP_MS = 30 * 60_000;
const FIRST_VISIT_MS = 7 * 86_400_000;

export interface Visits {
  /** What changed is told since then. */
  since: string;
  /** False on a first visit, when `since` is a week ago. */
  known: boolean;
}

/** Returns since when this reader wants to know what changed. */
export function readVisits(cookie: string | undefined, now: number = Date.now()): Visits {
  const { previous, latest } = parse(cookie);
  const last = latest !== null && now - latest > GAP_MS ? latest : previous;
  return { since: new Date(last ?? now - FIRST_VISIT_MS).toISOString(), known: last !== null };
}

/** Returns the cookie after a look now. */
export function noteVisit(cookie: string | undefined, now: number = Date.now()): string {
  const { previous, latest } = parse(cookie);
  const isNew = latest !== null && now - latest > GAP_MS;
  return `${(isNew ? latest : previous) ?? ""}|${now}`;
}

function parse(cookie: string | undefined): { previous: number | null; latest: number | null } {
  const [previous, latest] = (cookie ?? "").split("|").map((text) => (/^\d{12,14}$/.test(text) ? Number(text) : null));
  return { previous: previous ?? null, latest: latest ?? null };
}
