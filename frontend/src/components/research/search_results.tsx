import { SearchX } from "lucide-react";
import Link from "next/link";
import { SourceAddress } from "@/components/evidence/web_link";
import { DocumentFacts } from "@/components/research/document_facts";
import { Markdown } from "@/components/research/markdown";
import { markingWords } from "@/components/research/marked";
import { buttonClasses } from "@/components/ui/button";
import { EmptyState, ErrorState } from "@/components/ui/states";
import { findPassages } from "@/lib/api/knowledge";
import type { Passage } from "@/lib/api/types";
import { documentPath, versionOf } from "@/lib/research/reading";
import { type DocumentPassages, MOST_PASSAGES, type Search, groupPassages, isNarrowed, searchPath, searchRequest } from "@/lib/research/search";
import { FINDING_KIND, claimOf } from "@/lib/research/stored_finding";

/** The passages that the knowledge base has on a question, best first. */
export async function SearchResults({ search }: { search: Search }) {
  const answer = await findPassages(searchRequest(search));
  if (!answer.ok) return <ErrorState what="What is stored" error={answer.error} />;
  const { passages } = answer.data;
  if (!passages.length) return <NothingFound search={search} />;
  const more = passages.length === search.limit && search.limit < MOST_PASSAGES;
  return (
    <section aria-label="Passages found" className="space-y-4">
      <p className="text-muted text-[13px]">
        {passages.length === 1 ? "1 passage" : `${passages.length} passages, the best first`}; words of your question are marked. What matches by meaning alone has no mark.
      </p>
      <ol className="space-y-4">
        {groupPassages(passages).map((found) => (
          <li key={found[0].version_id}>
            <FoundDocument passages={found} query={search.query} />
          </li>
        ))}
      </ol>
      {more && (
        <Link className={buttonClasses()} href={searchPath({ ...search, limit: MOST_PASSAGES })} scroll={false}>
          Show up to {MOST_PASSAGES}
        </Link>
      )}
    </section>
  );
}

/** A document with the best of its passages; the others open below it. */
function FoundDocument({ passages: [best, ...others], query }: { passages: DocumentPassages; query: string }) {
  const { title, url } = best;
  return (
    <article className="bg-card border-line min-w-0 rounded-lg border p-4 sm:p-5">
      <h2 className="text-[15px] font-semibold tracking-tight">
        <Link className="text-accent underline underline-offset-2 [overflow-wrap:anywhere]" href={passagePath(best)} prefetch={false}>
          {title}
        </Link>
      </h2>
      <DocumentFacts {...best} />
      <FoundPassage passage={best} query={query} />
      {others.length > 0 && (
        <details className="mt-3">
          <summary className="text-muted cursor-pointer text-[13px] font-medium">{others.length === 1 ? "1 more passage" : `${others.length} more passages`} of it</summary>
          {others.map((passage) => (
            <div key={passage.chunk} className="mt-3">
              <Link className="text-accent text-[13px] underline underline-offset-2" href={passagePath(passage)} prefetch={false}>
                Read it in the document
              </Link>
              <FoundPassage passage={passage} query={query} />
            </div>
          ))}
        </details>
      )}
      {url && (
        <p className="mt-3 text-[13px]">
          <SourceAddress url={url} />
        </p>
      )}
    </article>
  );
}

function passagePath({ document_id, version_id, start, end }: Passage): string {
  return documentPath(document_id, { version: versionOf(version_id), passage: { start, end } });
}

function FoundPassage({ passage: { title, kind, section, text }, query }: { passage: Passage; query: string }) {
  return (
    <>
      {section && section !== title && <p className="text-muted mt-1 text-[13px] [overflow-wrap:anywhere]">{section}</p>}
      <div className="border-accent mt-2 border-l-3 pl-4">
        <Markdown text={kind === FINDING_KIND ? claimOf(text) : text} show={markingWords(query)} />
      </div>
    </>
  );
}

function NothingFound({ search }: { search: Search }) {
  const wider = searchPath({ ...search, kind: "", mode: "hybrid", from: "", to: "" });
  const action = isNarrowed(search) ? (
    <Link className={buttonClasses("primary")} href={wider}>
      Search everything
    </Link>
  ) : (
    <Link className={buttonClasses("primary")} href="/research/ask">
      Have it researched
    </Link>
  );
  return (
    <EmptyState icon={SearchX} title="Nothing stored matches" action={action}>
      {isNarrowed(search) ? "Other kinds or dates may have it." : "The knowledge base holds what was ingested and what research has read."}
    </EmptyState>
  );
}
