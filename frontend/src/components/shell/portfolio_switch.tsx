"use client";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import type { PortfolioSummary } from "@/lib/api/types";
import { rememberChoice } from "@/lib/choices";
import { useFormat } from "@/lib/format/client";

/** Chooses the snapshot that all pages show. */
export function PortfolioSwitch({ portfolios, current }: { portfolios: PortfolioSummary[]; current: string }) {
  const router = useRouter();
  const format = useFormat();
  const [pending, startTransition] = useTransition();
  return (
    <label className="flex min-w-0 items-center gap-2 text-[13px]">
      <span className="text-muted">Snapshot</span>
      <select
        className="border-line bg-card min-h-9 max-w-full sm:max-w-80 min-w-0 rounded-md border px-2"
        aria-busy={pending}
        value={current}
        onChange={(event) => {
          rememberChoice("portfolio", event.target.value);
          startTransition(() => router.refresh());
        }}
      >
        {portfolios.map(({ id, name, created_at }) => (
          <option key={id} value={id}>
            {name}, {format.day(created_at)}
          </option>
        ))}
      </select>
    </label>
  );
}
