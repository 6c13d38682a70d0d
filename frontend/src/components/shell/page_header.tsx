import type { ReactNode } from "react";

/** The one heading of first order of a page, with what can be done at its right. */
export function PageHeader({ title, note, children }: { title: string; note?: ReactNode; children?: ReactNode }) {
  return (
    <header className="mb-5 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
        {note && <p className="text-muted mt-0.5">{note}</p>}
      </div>
      {children && <div className="not-printed flex flex-wrap items-center gap-2">{children}</div>}
    </header>
  );
}
