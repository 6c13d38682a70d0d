/** Choices of the reader that the server reads with the next page. They are kept in cookies and hold nothing secret. */

const YEAR_SECONDS = 31_536_000;

export function rememberChoice(name: "theme" | "portfolio" | "visits", value: string): void {
  document.cookie = `alex-${name}=${encodeURIComponent(value)}; path=/; max-age=${YEAR_SECONDS}; samesite=strict`;
}
