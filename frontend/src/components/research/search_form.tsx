import Form from "next/form";
import { Button } from "@/components/ui/button";
import { Input, Select } from "@/components/ui/field";
import { KINDS, MODES, type Search, isNarrowed } from "@/lib/research/search";

/** Asks what to find. What is asked for is the address of the page, so that reloading and going back find it again. */
export function SearchForm({ search }: { search: Search }) {
  return (
    <Form action="/research" className="space-y-3" role="search">
      <div className="flex flex-wrap items-end gap-3">
        <div className="min-w-0 grow basis-64">
          <Input label="What do you want to know?" type="search" name="q" required maxLength={2000} defaultValue={search.query} placeholder="How did the orders of … develop?" />
        </div>
        <Button type="submit" look="primary">
          Search
        </Button>
      </div>
      <details open={isNarrowed(search)}>
        <summary className="text-muted cursor-pointer text-[13px] font-medium">Narrow it down</summary>
        <div className="mt-3 grid items-start gap-4 sm:grid-cols-2 xl:grid-cols-4">
          <Select label="Kind" name="kind" defaultValue={search.kind}>
            <option value="">Everything</option>
            {Object.entries(KINDS).map(([kind, title]) => (
              <option key={kind} value={kind}>{title}</option>
            ))}
            {search.kind && !(search.kind in KINDS) && <option value={search.kind}>{search.kind}</option>}
          </Select>
          <Input label="Published from" type="date" name="from" defaultValue={search.from} />
          <Input label="Published until" type="date" name="to" defaultValue={search.to} hint="With a day, documents without a date are left out." />
          <Select label="Find" name="mode" defaultValue={search.mode}>
            {Object.entries(MODES).map(([mode, title]) => (
              <option key={mode} value={mode}>{title}</option>
            ))}
          </Select>
        </div>
      </details>
    </Form>
  );
}
