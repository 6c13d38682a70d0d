"use client";
import * as Radix from "@radix-ui/react-tabs";
import type { ReactNode } from "react";

export interface Tab {
  key: string;
  title: string;
  content: ReactNode;
}

/** Several views of the same thing, one at a time; `label` names what they are views of. */
export function Tabs({ label, tabs }: { label: string; tabs: Tab[] }) {
  return (
    <Radix.Root defaultValue={tabs[0]?.key ?? ""}>
      <Radix.List aria-label={label} className="border-line mb-4 flex gap-1 overflow-x-auto border-b">
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
      {tabs.map(({ key, content }) => (
        <Radix.Content key={key} value={key}>
          {content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
