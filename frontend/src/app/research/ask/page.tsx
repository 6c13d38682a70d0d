import { MessageCircleQuestion } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { BriefList } from "@/components/research/brief_list";
import { ResearchForm } from "@/components/research/research_form";
import { PageHeader } from "@/components/shell/page_header";
import { buttonClasses } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState, ErrorState } from "@/components/ui/states";
import { loadBriefs } from "@/lib/api/researcher";
import type { ResearcherTypes } from "@/lib/api/types";

export const metadata: Metadata = { title: "Ask" };

const BRIEFS_PER_PAGE = 20;

type Parameters = Promise<Record<string, string | string[] | undefined>>;

export default async function AskPage({ searchParams }: { searchParams: Parameters }) {
  const { before } = await searchParams;
  const briefs = await loadBriefs({ limit: BRIEFS_PER_PAGE, ...(typeof before === "string" && { before }) });
  return (
    <>
      <PageHeader title="Ask the researcher" note="A question becomes a brief, in which every finding quotes a stored source." />
      <div className="space-y-4">
        <ResearchForm />
        <Card title="Earlier research" note="Yours, that of followed topics and that of plans">
          {briefs.ok ? <EarlierBriefs page={briefs.data} /> : <ErrorState what="Earlier research" error={briefs.error} />}
        </Card>
      </div>
    </>
  );
}

function EarlierBriefs({ page: { briefs, next_before } }: { page: ResearcherTypes["BriefPage"] }) {
  if (!briefs.length) return <EmptyState icon={MessageCircleQuestion} title="Nothing was researched yet">What is found out stays here, and what was read can be searched.</EmptyState>;
  return (
    <>
      <BriefList briefs={briefs} />
      {next_before && <Link className={`${buttonClasses()} mt-3`} href={`/research/ask?before=${next_before}`}>Earlier ones</Link>}
    </>
  );
}
