import Link from "next/link";
import { DocumentFacts } from "@/components/research/document_facts";
import { Badge } from "@/components/ui/badge";
import { buttonClasses } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/states";
import { loadChanges } from "@/lib/api/knowledge";
import type { ChangedDocument, VectorStoreTypes } from "@/lib/api/types";
import { requestFormat } from "@/lib/format/server";
import { documentPath, versionOf } from "@/lib/research/reading";

interface Props {
  since: string;
  cursor: string;
  /** Address of the page at another cursor. */
  pathOf: (cursor: string) => string;
}

/** Documents that are new, and pages that say something else than before. */
export async function ChangedDocuments({ since, cursor, pathOf }: Props) {
  const answer = await loadChanges(since, cursor);
  if (!answer.ok) return <ErrorState what="What changed in the documents" error={answer.error} />;
  return (
    <Card title="Documents" note="New: read for the first time. Updated: read again with another text, title, kind or date of publication. What was deleted is not listed.">
      <ChangeList list={answer.data} pathOf={pathOf} />
    </Card>
  );
}

async function ChangeList({ list: { changes, next_cursor, total }, pathOf }: { list: VectorStoreTypes["ChangeList"]; pathOf: Props["pathOf"] }) {
  const format = await requestFormat();
  if (!changes.length) return <p>No document is new, and none has a new version.</p>;
  return (
    <>
      <p className="text-muted mb-2 text-[13px]">{total === null ? "More than 10,000" : format.number(total)} in all</p>
      <ul className="divide-line divide-y">
        {changes.map((document) => (
          <li key={document.document_id} className="py-2.5">
            <ChangeLine document={document} />
          </li>
        ))}
      </ul>
      {next_cursor && <Link className={`${buttonClasses()} mt-3`} href={pathOf(next_cursor)}>Next page</Link>}
    </>
  );
}

function ChangeLine({ document }: { document: ChangedDocument }) {
  const { document_id, title, change, previous_version_id } = document;
  return (
    <>
      <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <Badge tone={change === "new" ? "good" : "warn"}>{change}</Badge>
        <Link className="text-accent font-medium underline underline-offset-2 [overflow-wrap:anywhere]" href={documentPath(document_id)} prefetch={false}>
          {title}
        </Link>
        {previous_version_id && (
          <Link className="text-accent text-[13px] underline underline-offset-2" href={`/research/documents/${document_id}?compare=${versionOf(previous_version_id)}`} prefetch={false}>
            What is different
          </Link>
        )}
      </p>
      <DocumentFacts {...document} />
    </>
  );
}
