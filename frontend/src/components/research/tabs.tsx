"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { cn } from "@/lib/class_names";

const VIEWS = [
  { path: "/research", title: "Search" },
  { path: "/research/changes", title: "What changed" },
  { path: "/research/topics", title: "Followed topics" },
  { path: "/research/ask", title: "Ask" },
  { path: "/research/documents", title: "Documents" },
];

/** The views of what is known and being found out. */
export function ResearchTabs() {
  const path = usePathname();
  return (
    <nav aria-label="Research" className="border-line not-printed mb-6 flex gap-1 overflow-x-auto border-b">
      {VIEWS.map((view) => {
        const current = view.path === "/research" ? path === view.path : path.startsWith(view.path);
        return (
          <Link
            key={view.path}
            href={view.path}
            prefetch={false}
            aria-current={current ? "page" : undefined}
            className={cn(
              "-mb-px flex min-h-9 items-center border-b-2 px-3 text-sm font-medium whitespace-nowrap",
              current ? "border-accent text-text" : "text-muted hover:text-text border-transparent",
            )}
          >
            {view.title}
          </Link>
        );
      })}
    </nav>
  );
}
