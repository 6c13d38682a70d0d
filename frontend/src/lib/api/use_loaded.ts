"use client";
import { useEffect, useState } from "react";
import { type Service, callApi } from "@/lib/api/browser";
import type { Result } from "@/lib/api/errors";

/** What a service has at a path; null while it is on its way. With another `version` it is asked for anew behind what is shown. */
export function useLoaded<T>(service: Service, path: string, version = ""): Result<T> | null {
  const [answer, setAnswer] = useState<{ path: string; result: Result<T> } | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    void callApi<T>(service, path, { signal: stop.signal }).then((result) => {
      if (!stop.signal.aborted) setAnswer({ path, result });
    });
    return () => stop.abort();
  }, [service, path, version]);
  return answer?.path === path ? answer.result : null;
}
