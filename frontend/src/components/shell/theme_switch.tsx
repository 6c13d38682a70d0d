"use client";
import { Monitor, Moon, Sun } from "lucide-react";
import { THEMES, THEME_TITLES } from "@/lib/theme";
import { useTheme } from "@/lib/theme_client";

const ICONS = { system: Monitor, light: Sun, dark: Moon };

/** Goes round light, dark and what the system says. */
export function ThemeSwitch() {
  const { theme, choose } = useTheme();
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]!;
  const Icon = ICONS[theme];
  return (
    <button
      type="button"
      className="text-muted hover:bg-inset hover:text-text inline-flex size-9 items-center justify-center rounded-md"
      aria-label={`Colours: ${THEME_TITLES[theme]}. Change to ${THEME_TITLES[next]}`}
      onClick={() => choose(next)}
    >
      <Icon aria-hidden className="size-4" />
    </button>
  );
}
