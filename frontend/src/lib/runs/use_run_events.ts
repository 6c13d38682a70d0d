"use client";
import { useEffect, useReducer, useState } from "react";
import { type Service, request } from "@/lib/api/browser";
import { type RunEvent, addEvent, isLast, readEvents } from "@/lib/runs/events";

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8_000;

export interface Following {
  events: RunEvent[];
  /** False while the service does not answer; the run is kept there and the call is made again. */
  connected: boolean;
  over: boolean;
}

/**
 * Follows a run until it is over. Listening also drives it. A stream that ends is opened again after the last event that
 * was seen, with growing waits while the service is away; a reload begins at the first event, which the service keeps.
 */
export function useRunEvents(service: Service, runId: string): Following {
  const [events, add] = useReducer(addEvent, []);
  const [connected, setConnected] = useState(true);
  useEffect(() => {
    const stop = new AbortController();
    void follow(service, runId, stop.signal, add, setConnected);
    return () => stop.abort();
  }, [service, runId]);
  return { events, connected, over: events.some(isLast) };
}

async function follow(service: Service, runId: string, signal: AbortSignal, add: (event: RunEvent) => void, setConnected: (connected: boolean) => void) {
  let last = 0;
  let wait = FIRST_WAIT_MS;
  while (!signal.aborted) {
    try {
      const headers = { accept: "text/event-stream", ...(last ? { "last-event-id": String(last) } : {}) };
      const response = await request(service, `/runs/${runId}/events`, { headers, signal });
      if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`);
      setConnected(true);
      for await (const event of readEvents(response.body)) {
        last = event.id;
        wait = FIRST_WAIT_MS;
        add(event);
        if (isLast(event)) return;
      }
    } catch {
      if (signal.aborted) return;
      setConnected(false);
    }
    await pause(wait, signal);
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => { clearTimeout(timer); resolve(); }, { once: true });
  });
}
