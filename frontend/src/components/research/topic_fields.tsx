"use client";
import { Input, Textarea } from "@/components/ui/field";
import type { Problems, ResearchForm } from "@/lib/research/request";

interface Props {
  form: ResearchForm;
  problems: Problems;
  change: (part: Partial<ResearchForm>) => void;
}

/** What to find out, and where to begin. */
export function TopicFields({ form, problems, change }: Props) {
  return (
    <>
      <Input label="What to find out" maxLength={300} error={problems.topic} value={form.topic} onChange={(event) => change({ topic: event.target.value })} placeholder="Orders and risks of …" />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Textarea
          label="Pages to begin with"
          hint="One address on each line. Without any, what is stored is used and the web is searched, where a search is set up."
          error={problems.sources}
          value={form.sources}
          onChange={(event) => change({ sources: event.target.value })}
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <Input label="Symbols it is about" hint="For filings of US companies." error={problems.symbols} value={form.symbols} onChange={(event) => change({ symbols: event.target.value })} />
          <Input label="Pages to read at the most" type="number" inputMode="numeric" min={1} max={30} required value={form.maxPages} onChange={(event) => change({ maxPages: event.target.value })} />
        </div>
      </div>
    </>
  );
}
