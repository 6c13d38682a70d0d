"use client";
import * as Radix from "@radix-ui/react-tabs";
import type { ReactNode } from "react";

export interface Tab {
  key: string;
  title: string;
  content: ReactNode;
}

/** Several views of the same thing, one at a time and all of them on paper; `label` names what they are views of. */
export function Tabs({ label, tabs }: { label: string; tabs: Tab[] }) {
  return (
    <Radix.Root defaultValue={tabs[0]?.key ?? ""}>
      <Radix.List aria-label={label} className="not-printed border-line mb-4 flex gap-1 overflow-x-auto border-b">
        {tabs.map(({ key, title }) => (
          <Radix.Trigger
            key={key}
            value={key}
            className="text-muted data-[state=active]:border-accent data-[state=active]:text-text -mb-px min-h-9 border-b-2 border-transparent px-3 text-sm font-medium whitespace-nowrap"
          >
            {title}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map(({ key, title, content }) => (
        <Radix.Content key={key} value={key} forceMount className="data-[state=inactive]:hidden print:mb-6 print:data-[state=inactive]:block">
          <p className="only-printed mb-2 font-medium">{title}</p>
          {content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
