import { describe, expect, test } from "vitest";
import { type RunEvent, addEvent, readEvents } from "./events";

async function read(...chunks: string[]): Promise<RunEvent[]> {
  const bytes = chunks.map((chunk) => new TextEncoder().encode(chunk));
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      bytes.forEach((chunk) => controller.enqueue(chunk));
      controller.close();
    },
  });
  return collect(readEvents(body));
}

async function collect<T>(items: AsyncGenerator<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe("events", () => {
  test("are put together from pieces", async () => {
    const events = await read("event: created\nda", 'ta: {"kind": "plan"}\nid: 1\nretry: 500\n', "\n: keep-alive\n\n", 'event: finished\r\ndata: {}\r\nid: 2\r\n\r\n');
    expect(events).toEqual([
      { id: 1, type: "created", data: { kind: "plan" } },
      { id: 2, type: "finished", data: {} },
    ]);
  });

  test("that broke off are left out", async () => {
    expect(await read('event: created\ndata: {"kind"')).toEqual([]);
  });

  test("are kept once and in order", () => {
    const event = (id: number) => ({ id, type: "x", data: {} });
    const events = [3, 1, 3, 2].map(event).reduce(addEvent, [] as RunEvent[]);
    expect(events.map(({ id }) => id)).toEqual([1, 2, 3]);
  });
});
