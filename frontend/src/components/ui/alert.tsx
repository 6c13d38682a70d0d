import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/lib/class_names";

const TONES = {
  info: { box: "bg-info-soft border-accent/30", icon: "text-accent", Icon: Info },
  warn: { box: "bg-warn-soft border-warn/30", icon: "text-warn", Icon: TriangleAlert },
  bad: { box: "bg-bad-soft border-bad/30", icon: "text-bad", Icon: CircleAlert },
} as const;

/** Something to know before reading on. `live` has screen readers say it when it appears. */
export function Alert({ tone = "info", title, live, children }: { tone?: keyof typeof TONES; title: string; live?: boolean; children?: ReactNode }) {
  const { box, icon, Icon } = TONES[tone];
  return (
    <div role={live ? "alert" : undefined} className={cn("flex gap-3 rounded-lg border px-4 py-3", box)}>
      <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", icon)} />
      <div className="min-w-0 [overflow-wrap:anywhere]">
        <p className="font-medium">{title}</p>
        {children && <div className="text-[13px]">{children}</div>}
      </div>
    </div>
  );
}
