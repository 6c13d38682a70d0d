import { Download } from "lucide-react";
import type { Metadata } from "next";
import { PrintButton } from "@/components/plan/print_button";
import { Report } from "@/components/plan/report";
import { StatusBadge } from "@/components/runs/status_badge";
import { PageHeader } from "@/components/shell/page_header";
import { buttonClasses } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/states";
import { loadFacts, loadPlan } from "@/lib/api/planner";
import { LocalTime } from "@/lib/format/client";

export const metadata: Metadata = { title: "Plan" };

export default async function PlanReportPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const [plan, facts] = await Promise.all([loadPlan(id), loadFacts(id)]);
  if (!plan.ok) return <><PageHeader title="Plan" /><ErrorState what="The plan" error={plan.error} /></>;
  const files = `/api/planner/plans/${encodeURIComponent(id)}`;
  return (
    <>
      <PageHeader title={`Plan for ${plan.data.portfolio.name}`} note={<><LocalTime iso={plan.data.generated_at} /> <StatusBadge status={plan.data.status} /></>}>
        <a className={buttonClasses()} href={`${files}/plan.pdf`} download>
          <Download aria-hidden className="size-4" />
          PDF
        </a>
        <a className={buttonClasses()} href={`${files}/plan.md`} download>
          <Download aria-hidden className="size-4" />
          Markdown
        </a>
        <PrintButton />
      </PageHeader>
      {!facts.ok && <div className="mb-4"><ErrorState what="The calculations" error={facts.error} /></div>}
      <Report plan={plan.data} facts={facts.ok ? facts.data.facts : []} />
    </>
  );
}
