"use client";
import { FileText, FileUp, History, LayoutDashboard, type LucideIcon, PiggyBank, Search, Settings, TableProperties } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { cn } from "@/lib/class_names";

interface Place {
  path: string;
  title: string;
  Icon: LucideIcon;
}

/** Every page that is reached from everywhere, in the order of a first visit. */
const PLACES: Place[] = [
  { path: "/", title: "Overview", Icon: LayoutDashboard },
  { path: "/import", title: "Import", Icon: FileUp },
  { path: "/holdings", title: "Holdings", Icon: TableProperties },
  { path: "/plan", title: "Plan", Icon: FileText },
  { path: "/retirement", title: "Retirement", Icon: PiggyBank },
  { path: "/research", title: "Research", Icon: Search },
  { path: "/runs", title: "Runs", Icon: History },
  { path: "/settings", title: "Settings", Icon: Settings },
];

export function Navigation() {
  const path = usePathname();
  const bar = useRef<HTMLElement>(null);
  // On a narrow screen the bar scrolls sideways, and the current page may be out of sight.
  useEffect(() => {
    const link = bar.current?.querySelector<HTMLElement>("[aria-current]");
    if (bar.current && link) bar.current.scrollLeft = link.offsetLeft - (bar.current.clientWidth - link.offsetWidth) / 2;
  }, [path]);
  return (
    <nav ref={bar} aria-label="Pages" className="relative flex gap-1 overflow-x-auto px-3 pb-2 lg:flex-col lg:px-3 lg:pb-0">
      {PLACES.map((place) => {
        const current = place.path === "/" ? path === "/" : path.startsWith(place.path);
        return (
          <Link
            key={place.path}
            href={place.path}
            prefetch={false}
            aria-current={current ? "page" : undefined}
            className={cn(
              "flex min-h-9 shrink-0 items-center gap-2.5 rounded-md px-3 text-sm font-medium whitespace-nowrap",
              current ? "bg-inset text-text" : "text-muted hover:bg-inset hover:text-text",
            )}
          >
            <place.Icon aria-hidden className="size-4" strokeWidth={1.75} />
            {place.title}
          </Link>
        );
      })}
    </nav>
  );
}
