"use client";
import { Monitor, Moon, Sun } from "lucide-react";
import { useState } from "react";
import { rememberChoice } from "@/lib/choices";
import { THEMES, type Theme } from "@/lib/theme";

const ICONS = { system: Monitor, light: Sun, dark: Moon };
const TITLES = { system: "as the system", light: "light", dark: "dark" };

/** Goes round light, dark and what the system says; the choice is kept in a cookie, so that pages arrive in it. */
export function ThemeSwitch({ initial }: { initial: Theme }) {
  const [theme, setTheme] = useState(initial);
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]!;
  const Icon = ICONS[theme];
  return (
    <button
      type="button"
      className="text-muted hover:bg-inset hover:text-text inline-flex size-9 items-center justify-center rounded-md"
      aria-label={`Colours: ${TITLES[theme]}. Change to ${TITLES[next]}`}
      onClick={() => {
        rememberChoice("theme", next);
        const dark = next === "dark" || (next === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
        document.documentElement.classList.toggle("dark", dark);
        setTheme(next);
      }}
    >
      <Icon aria-hidden className="size-4" />
    </button>
  );
}
