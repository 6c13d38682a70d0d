import type { ReactNode } from "react";
import { ResearchTabs } from "@/components/research/tabs";

export default function ResearchLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <ResearchTabs />
      {children}
    </>
  );
}
