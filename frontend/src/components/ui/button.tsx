import type { ButtonHTMLAttributes } from "react";
import { cn } from "@/lib/class_names";

const LOOKS = {
  primary: "bg-accent text-accent-text hover:opacity-90",
  secondary: "border-line bg-card hover:bg-inset border",
  quiet: "text-muted hover:bg-inset hover:text-text",
  danger: "border-line text-bad bg-card hover:bg-bad-soft border",
} as const;

export type ButtonLook = keyof typeof LOOKS;

/** The classes of a button, for links that look like one. */
export function buttonClasses(look: ButtonLook = "secondary"): string {
  return cn(
    "inline-flex min-h-9 items-center justify-center gap-2 rounded-md px-3 py-1.5 text-sm font-medium transition-colors",
    "disabled:cursor-not-allowed disabled:opacity-55",
    LOOKS[look],
  );
}

export function Button({ look = "secondary", className, type = "button", ...props }: ButtonHTMLAttributes<HTMLButtonElement> & { look?: ButtonLook }) {
  return <button type={type} className={cn(buttonClasses(look), className)} {...props} />;
}
