import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Alert } from "@/components/ui/alert";
import type { ApiError } from "@/lib/api/errors";
import { cn } from "@/lib/class_names";

/** What stands where there is nothing yet: what would be here, and how it gets here. */
export function EmptyState({ icon: Icon, title, children, action }: { icon: LucideIcon; title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="border-line flex flex-col items-center rounded-lg border border-dashed px-6 py-12 text-center">
      <Icon aria-hidden className="text-muted mb-3 size-7" strokeWidth={1.5} />
      <p className="text-base font-semibold">{title}</p>
      {children && <div className="text-muted mt-1 max-w-prose">{children}</div>}
      {action && <div className="mt-5">{action}</div>}
    </div>
  );
}

/** What stands where something failed: which part, why, what to do, and the id that finds it in the logs. */
export function ErrorState({ what, error, live }: { what: string; error: ApiError; live?: boolean }) {
  return (
    <Alert tone="bad" title={`${what} could not be loaded`} live={live ?? false}>
      <p>{error.message}</p>
      {error.requestId && <p className="text-muted mt-1">Request {error.requestId}</p>}
    </Alert>
  );
}

/** Stands in for what is on its way, in about its size. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cn("bg-line/60 animate-pulse rounded-md", className)} />;
}

/** A page on its way. */
export function PageSkeleton({ title }: { title: string }) {
  return (
    <div role="status" aria-label={`${title} is loading`} className="space-y-4">
      <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
      <Skeleton className="h-24" />
      <div className="grid gap-4 lg:grid-cols-2">
        <Skeleton className="h-64" />
        <Skeleton className="h-64" />
      </div>
    </div>
  );
}
