"use client";
import { type ReactNode, createContext, useContext, useMemo, useState } from "react";
import { rememberChoice } from "@/lib/choices";
import type { Theme } from "@/lib/theme";

interface ThemeChoice {
  theme: Theme;
  choose: (theme: Theme) => void;
}

const Choice = createContext<ThemeChoice>({ theme: "system", choose: () => undefined });

/** The colours that the reader chose, for everything that shows or changes them. A cookie keeps them, so that pages arrive in them. */
export function ThemeProvider({ initial, children }: { initial: Theme; children: ReactNode }) {
  const [theme, setTheme] = useState(initial);
  const choice = useMemo(() => ({ theme, choose: (next: Theme) => { show(next); setTheme(next); } }), [theme]);
  return <Choice value={choice}>{children}</Choice>;
}

export function useTheme(): ThemeChoice {
  return useContext(Choice);
}

function show(theme: Theme): void {
  rememberChoice("theme", theme);
  const dark = theme === "dark" || (theme === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.classList.toggle("dark", dark);
}
