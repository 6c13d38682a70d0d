"use client";
import { words } from "@/lib/format/format";
import { THEMES, THEME_TITLES } from "@/lib/theme";
import { useTheme } from "@/lib/theme_client";

export function ThemeChoice() {
  const { theme, choose } = useTheme();
  return (
    <fieldset>
      <legend className="text-[13px] font-medium">Colours</legend>
      <div className="mt-1 flex flex-wrap gap-x-5">
        {THEMES.map((one) => (
          <label key={one} className="inline-flex min-h-9 items-center gap-2">
            <input type="radio" name="theme" className="accent-accent size-4" checked={theme === one} onChange={() => choose(one)} />
            {words(THEME_TITLES[one])}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
