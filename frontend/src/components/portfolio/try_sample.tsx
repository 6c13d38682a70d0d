"use client";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Alert } from "@/components/ui/alert";
import { callApi } from "@/lib/api/browser";
import type { ApiError } from "@/lib/api/errors";
import type { PortfolioAnswer } from "@/lib/api/types";
import { SAMPLE_PORTFOLIO } from "@/lib/sample_portfolio";

/** Keeps a made-up portfolio, so that a newcomer sees what Alex does before looking for a file. */
export function TrySample() {
  const router = useRouter();
  const [pending, setPending] = useState(false);
  const [refreshing, startTransition] = useTransition();
  const [error, setError] = useState<ApiError | null>(null);
  const keep = async () => {
    setPending(true);
    setError(null);
    const call = { method: "POST", body: SAMPLE_PORTFOLIO, headers: { "content-type": "text/csv" } } as const;
    const answer = await callApi<PortfolioAnswer>("planner", "/portfolios/import?name=Made-up%20portfolio", call);
    setPending(false);
    if (!answer.ok) return setError(answer.error);
    startTransition(() => router.refresh());
  };
  const busy = pending || refreshing;
  return (
    <>
      <Button disabled={busy} onClick={keep}>
        {busy ? "Filling it in …" : "Try a made-up one"}
      </Button>
      {error && <div className="w-full text-left"><Alert tone="bad" title="It could not be kept" live>{error.message}</Alert></div>}
    </>
  );
}
