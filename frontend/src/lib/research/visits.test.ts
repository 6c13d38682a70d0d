import { describe, expect, test } from "vitest";
import { noteVisit, readVisits } from "./visits";

const NOW = Date.parse("2026-11-28T12:00:00Z");
const minutesAgo = (minutes: number) => NOW - minutes * 60_000;

describe("what changed is told", () => {
  test("since a week ago on a first visit", () => {
    expect(readVisits(undefined, NOW)).toEqual({ since: "2026-11-21T12:00:00.000Z", known: false });
    expect(noteVisit(undefined, NOW)).toBe(`|${NOW}`);
  });

  test("since the visit before, also after a reload", () => {
    const last = minutesAgo(600);
    const cookie = `|${last}`;
    expect(readVisits(cookie, NOW)).toEqual({ since: new Date(last).toISOString(), known: true });
    const noted = noteVisit(cookie, NOW);
    expect(noted).toBe(`${last}|${NOW}`);
    expect(readVisits(noted, NOW + 60_000).since).toBe(new Date(last).toISOString());
    expect(noteVisit(noted, NOW + 60_000)).toBe(`${last}|${NOW + 60_000}`);
  });

  test("since the last look when that is half an hour ago", () => {
    const cookie = `${minutesAgo(900)}|${minutesAgo(31)}`;
    expect(readVisits(cookie, NOW).since).toBe(new Date(minutesAgo(31)).toISOString());
  });

  test.each(["nonsense", "|", "1|2", "<script>|"])("%s is no cookie of ours", (cookie) => {
    expect(readVisits(cookie, NOW).known).toBe(false);
  });
});
