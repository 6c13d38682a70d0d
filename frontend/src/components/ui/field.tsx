import { type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, type TextareaHTMLAttributes, useId } from "react";
import { cn } from "@/lib/class_names";

const BOX = "border-line bg-card min-h-9 w-full rounded-md border px-2.5 py-1.5 text-sm aria-invalid:border-bad";

interface Labelled {
  label: ReactNode;
  hint?: ReactNode;
  /** What is wrong with the value; read out with the field. */
  error?: string | undefined;
}

function Field({ id, label, hint, error, children }: Labelled & { id: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 block text-[13px] font-medium">
        {label}
      </label>
      {children}
      {hint && (
        <p id={`${id}-hint`} className="text-muted mt-1 text-xs">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="text-bad mt-1 text-xs font-medium">
          {error}
        </p>
      )}
    </div>
  );
}

function described(id: string, { hint, error }: Labelled) {
  const ids = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return { id, "aria-invalid": error ? true : undefined, "aria-describedby": ids || undefined };
}

export function Input({ label, hint, error, className, ...props }: Labelled & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId();
  const labelled = { label, hint, error };
  return (
    <Field id={id} {...labelled}>
      <input {...described(id, labelled)} className={cn(BOX, className)} {...props} />
    </Field>
  );
}

export function Textarea({ label, hint, error, className, ...props }: Labelled & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  const id = useId();
  const labelled = { label, hint, error };
  return (
    <Field id={id} {...labelled}>
      <textarea {...described(id, labelled)} className={cn(BOX, "min-h-20", className)} {...props} />
    </Field>
  );
}

export function Select({ label, hint, error, className, children, ...props }: Labelled & SelectHTMLAttributes<HTMLSelectElement>) {
  const id = useId();
  const labelled = { label, hint, error };
  return (
    <Field id={id} {...labelled}>
      <select {...described(id, labelled)} className={cn(BOX, className)} {...props}>
        {children}
      </select>
    </Field>
  );
}
