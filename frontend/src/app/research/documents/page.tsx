import { Files } from "lucide-react";
import type { Metadata } from "next";
import Form from "next/form";
import Link from "next/link";
import { DocumentFacts } from "@/components/research/document_facts";
import { PageHeader } from "@/components/shell/page_header";
import { Button, buttonClasses } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Select } from "@/components/ui/field";
import { EmptyState, ErrorState } from "@/components/ui/states";
import { loadDocuments } from "@/lib/api/knowledge";
import type { VectorStoreTypes } from "@/lib/api/types";
import { requestFormat } from "@/lib/format/server";
import { documentPath } from "@/lib/research/reading";
import { KINDS, readSearch } from "@/lib/research/search";

export const metadata: Metadata = { title: "Documents" };

const DOCUMENTS_PER_PAGE = 25;

type Parameters = Promise<Record<string, string | string[] | undefined>>;

export default async function DocumentsPage({ searchParams }: { searchParams: Parameters }) {
  const parameters = await searchParams;
  const { kind } = readSearch(parameters);
  const cursor = typeof parameters.cursor === "string" ? parameters.cursor : "";
  const documents = await loadDocuments({ kind, cursor, limit: DOCUMENTS_PER_PAGE });
  return (
    <>
      <PageHeader title="Documents" note="What is stored, the last one read first.">
        <KindForm kind={kind} />
      </PageHeader>
      {documents.ok ? <DocumentPage page={documents.data} kind={kind} cursor={cursor} /> : <ErrorState what="The documents" error={documents.error} />}
    </>
  );
}

function KindForm({ kind }: { kind: string }) {
  return (
    <Form action="/research/documents" className="flex items-end gap-2" key={kind}>
      <Select label="Kind" name="kind" defaultValue={kind}>
        <option value="">All but findings</option>
        {Object.entries(KINDS).map(([value, title]) => (
          <option key={value} value={value}>{title}</option>
        ))}
      </Select>
      <Button type="submit">Show</Button>
    </Form>
  );
}

async function DocumentPage({ page: { documents, next_cursor, total }, kind, cursor }: { page: VectorStoreTypes["DocumentList"]; kind: string; cursor: string }) {
  const format = await requestFormat();
  if (!documents.length) {
    return (
      <EmptyState icon={Files} title="No document of this kind is stored">
        <code>alex ingest</code> brings files and pages of yours; plans, questions and followed topics bring what they read.
      </EmptyState>
    );
  }
  const pathOf = (next: string) => `/research/documents?${new URLSearchParams({ ...(kind && { kind }), ...(next && { cursor: next }) })}`;
  return (
    <Card title={total === null ? "More than 10,000 documents" : `${format.number(total)} documents`}>
      <ul className="divide-line divide-y">
        {documents.map((document) => (
          <li key={document.document_id} className="py-2.5 first:pt-0">
            <Link className="text-accent font-medium underline underline-offset-2 [overflow-wrap:anywhere]" href={documentPath(document.document_id)} prefetch={false}>
              {document.title}
            </Link>
            <DocumentFacts {...document} />
          </li>
        ))}
      </ul>
      {(cursor || next_cursor) && (
        <nav aria-label="Pages of the list" className="mt-4 flex gap-2">
          {cursor && <Link className={buttonClasses()} href={pathOf("")}>First page</Link>}
          {next_cursor && <Link className={buttonClasses()} href={pathOf(next_cursor)}>Next page</Link>}
        </nav>
      )}
    </Card>
  );
}
