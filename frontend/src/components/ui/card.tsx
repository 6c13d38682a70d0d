import { type ReactNode, useId } from "react";
import { cn } from "@/lib/class_names";

interface CardProps {
  title?: ReactNode;
  /** One sentence that says how to read what the card shows. */
  note?: ReactNode;
  /** Stands at the right of the title. */
  action?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A part of a page with a heading of its own. */
export function Card({ title, note, action, className, children }: CardProps) {
  const id = useId();
  return (
    <section aria-labelledby={title ? id : undefined} className={cn("bg-card border-line min-w-0 rounded-lg border p-4 sm:p-5", className)}>
      {title && (
        <header className="mb-3 flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
          <div>
            <h2 id={id} className="text-[15px] font-semibold tracking-tight">
              {title}
            </h2>
            {note && <p className="text-muted mt-0.5 text-[13px]">{note}</p>}
          </div>
          {action}
        </header>
      )}
      {children}
    </section>
  );
}

/** A figure with its name; `missing` stands where the number would be. */
export function Stat({ label, value, detail, missing }: { label: ReactNode; value: ReactNode; detail?: ReactNode; missing?: string | undefined }) {
  return (
    <div className="min-w-0">
      <dt className="text-muted text-[13px]">{label}</dt>
      <dd className="numbers mt-0.5 text-xl font-semibold tracking-tight">
        {missing ? <span className="text-warn text-sm font-medium">{missing}</span> : value}
      </dd>
      {detail && <dd className="text-muted text-[13px]">{detail}</dd>}
    </div>
  );
}
