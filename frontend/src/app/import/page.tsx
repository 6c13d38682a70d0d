import type { Metadata } from "next";
import { ImportFlow } from "@/components/import/import_flow";
import { PageHeader } from "@/components/shell/page_header";
import { ErrorState } from "@/components/ui/states";
import type { DraftAnswer } from "@/lib/api/types";
import { load } from "@/lib/server/call";

export const metadata: Metadata = { title: "Import" };

export default async function ImportPage({ searchParams }: { searchParams: Promise<{ draft?: string }> }) {
  const { draft: id } = await searchParams;
  const draft = id ? await load<DraftAnswer>("planner", `/portfolios/import/${encodeURIComponent(id)}`) : null;
  return (
    <>
      <PageHeader title="Import" note="A file of your broker becomes a snapshot. You see what becomes of every row before anything is kept." />
      {draft && !draft.ok && <div className="mb-4"><ErrorState what="The draft" error={draft.error} /></div>}
      <ImportFlow initial={draft?.ok ? draft.data : null} />
    </>
  );
}
