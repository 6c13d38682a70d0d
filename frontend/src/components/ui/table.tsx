import type { HTMLAttributes, TdHTMLAttributes, ThHTMLAttributes } from "react";
import { cn } from "@/lib/class_names";

/** A table that scrolls sideways by itself where the screen is narrow; `label` names it to screen readers. */
export function Table({ label, className, ...props }: HTMLAttributes<HTMLTableElement> & { label: string }) {
  return (
    // Positioned, so that visually hidden text in it scrolls with it and does not widen the page.
    <div className="relative -mx-4 overflow-x-auto px-4 sm:-mx-5 sm:px-5" role="region" aria-label={label} tabIndex={0}>
      <table className={cn("w-full border-collapse text-[13px]", className)} {...props} />
    </div>
  );
}

export function Th({ numeric, className, scope = "col", ...props }: ThHTMLAttributes<HTMLTableCellElement> & { numeric?: boolean }) {
  return <th scope={scope} className={cn("text-muted border-line border-b py-2 pr-4 font-medium last:pr-0", numeric ? "text-right" : "text-left", className)} {...props} />;
}

export function Td({ numeric, className, ...props }: TdHTMLAttributes<HTMLTableCellElement> & { numeric?: boolean }) {
  return <td className={cn("border-line border-b py-2 pr-4 align-top last:pr-0", numeric && "text-right whitespace-nowrap", className)} {...props} />;
}
