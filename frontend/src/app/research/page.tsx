import { BookOpenText } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { Suspense } from "react";
import { SearchForm } from "@/components/research/search_form";
import { SearchResults } from "@/components/research/search_results";
import { PageHeader } from "@/components/shell/page_header";
import { buttonClasses } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState, Skeleton } from "@/components/ui/states";
import { readSearch, searchPath } from "@/lib/research/search";

export const metadata: Metadata = { title: "Research" };

type Parameters = Promise<Record<string, string | string[] | undefined>>;

export default async function ResearchPage({ searchParams }: { searchParams: Parameters }) {
  const search = readSearch(await searchParams);
  const address = searchPath(search);
  return (
    <>
      <PageHeader title="Research" note="Find again what was read, with its source." />
      <div className="space-y-4">
        <Card>
          <SearchForm key={address} search={search} />
        </Card>
        {search.query ? (
          <Suspense key={address} fallback={<Searching />}>
            <SearchResults search={search} />
          </Suspense>
        ) : (
          <Welcome />
        )}
      </div>
    </>
  );
}

function Searching() {
  return (
    <div role="status" aria-label="Searching" className="space-y-4">
      <Skeleton className="h-40" />
      <Skeleton className="h-40" />
    </div>
  );
}

function Welcome() {
  const action = (
    <span className="flex flex-wrap justify-center gap-2">
      <Link className={buttonClasses()} href="/research/documents">
        See what is stored
      </Link>
      <Link className={buttonClasses()} href="/research/ask">
        Have something researched
      </Link>
    </span>
  );
  return (
    <EmptyState icon={BookOpenText} title="Ask in your own words" action={action}>
      Every answer is a passage as it was stored: what plans and followed topics have read, and what <code>alex ingest</code> brought.
    </EmptyState>
  );
}
