/** Server-sent events of a run, as the runs contract has them, read from the body of an answer. */

export interface RunEvent {
  id: number;
  type: string;
  data: Record<string, unknown>;
}

/** Yields the events of a stream as they come; comments and unknown fields are left out (HTML standard, 9.2.6). */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<RunEvent> {
  const decoder = new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>;
  const reader = body.pipeThrough(decoder).getReader();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const blocks = (rest + value).replaceAll("\r\n", "\n").split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) {
        const event = parseEvent(block);
        if (event) yield event;
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function parseEvent(block: string): RunEvent | null {
  const fields = new Map<string, string>();
  for (const line of block.split("\n")) {
    const [, name = "", value = ""] = /^([^:]*): ?(.*)$/.exec(line) ?? [];
    if (name) fields.set(name, fields.has(name) ? `${fields.get(name)}\n${value}` : value);
  }
  const id = Number(fields.get("id"));
  const data = fields.get("data");
  if (!data || !Number.isInteger(id)) return null;
  return { id, type: fields.get("event") ?? "message", data: JSON.parse(data) as Record<string, unknown> };
}

/** Returns the events with one more, in order and each once: a stream that begins anew repeats what was seen. */
export function addEvent(events: RunEvent[], event: RunEvent): RunEvent[] {
  if (events.some(({ id }) => id === event.id)) return events;
  return [...events, event].toSorted((one, other) => one.id - other.id);
}

/** Whether the run is over with this event. */
export function isLast({ type }: RunEvent): boolean {
  return ["finished", "failed", "cancelled"].includes(type);
}
