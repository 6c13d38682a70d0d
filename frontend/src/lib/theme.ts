export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

export const THEME_TITLES: Record<Theme, string> = { system: "as the system", light: "light", dark: "dark" };

/** Returns the theme that a cookie names; what it does not know is the system's. */
export function readTheme(value: string | undefined): Theme {
  return THEMES.find((theme) => theme === value) ?? "system";
}

/** Runs before anything is painted, so that nobody who prefers dark sees a white flash. */
export const SYSTEM_THEME_SCRIPT = 'matchMedia("(prefers-color-scheme: dark)").matches&&document.documentElement.classList.add("dark")';
