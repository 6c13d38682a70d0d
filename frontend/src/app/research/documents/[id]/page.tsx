import type { Metadata } from "next";
import Link from "next/link";
import { Suspense } from "react";
import { SourceAddress } from "@/components/evidence/web_link";
import { DeleteDocument } from "@/components/research/delete_document";
import { DocumentComparison } from "@/components/research/document_comparison";
import { DocumentFacts } from "@/components/research/document_facts";
import { DocumentText } from "@/components/research/document_text";
import { DocumentVersions } from "@/components/research/document_versions";
import { FindingCard } from "@/components/research/finding_card";
import { PageHeader } from "@/components/shell/page_header";
import { Alert } from "@/components/ui/alert";
import { ErrorState, Skeleton } from "@/components/ui/states";
import { loadText, loadVersions } from "@/lib/api/knowledge";
import { PAGE_CHARACTERS, documentPath, readPlace } from "@/lib/research/reading";
import { FINDING_KIND } from "@/lib/research/stored_finding";

export const metadata: Metadata = { title: "Document" };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function DocumentPage({ params, searchParams }: Props) {
  const [{ id }, parameters] = await Promise.all([params, searchParams]);
  const place = readPlace(parameters);
  const compared = readPlace({ version: parameters.compare }).version;
  const [document, versions] = await Promise.all([loadText(id, place.from, PAGE_CHARACTERS, place.version), loadVersions(id)]);
  if (!document.ok) return <><PageHeader title="Document" /><ErrorState what="The document" error={document.error} /></>;
  const older = versions.ok && versions.data.versions.some(({ version_id, current }) => !current && version_id === document.data.version_id);
  return (
    <>
      <PageHeader title={document.data.title} note={<SourceAddress url={document.data.url} />}>
        <DeleteDocument id={document.data.document_id} title={document.data.title} />
      </PageHeader>
      <div className="space-y-4">
        <DocumentFacts {...document.data} />
        {older && (
          <Alert tone="warn" title="This is an earlier version">
            The source has said something else since. <Link className="text-accent underline underline-offset-2" href={documentPath(id)}>Read the current version</Link>
          </Alert>
        )}
        {document.data.kind === FINDING_KIND && <FindingCard text={document.data.text} />}
        {compared && <Suspense fallback={<Skeleton className="h-40" />}><DocumentComparison id={id} version={compared} /></Suspense>}
        <DocumentText document={document.data} place={place} asStored={parameters.as === "stored"} />
        {versions.ok ? <DocumentVersions versions={versions.data.versions} shown={document.data.version_id} /> : <ErrorState what="The versions" error={versions.error} />}
      </div>
    </>
  );
}
