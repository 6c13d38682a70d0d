import Link from "next/link";
import { Card } from "@/components/ui/card";
import { documentPath, versionOf } from "@/lib/research/reading";
import { readFinding } from "@/lib/research/stored_finding";

/** What a stored finding says, and the document that it quotes. */
export function FindingCard({ text }: { text: string }) {
  const finding = readFinding(text);
  if (!finding) return null;
  return (
    <Card title="A finding of the researcher" note={`On ${finding.topic}`}>
      <p className="max-w-prose">{finding.claim}</p>
      <blockquote className="border-accent bg-inset mt-3 rounded-r-md border-l-3 px-4 py-3 [overflow-wrap:anywhere]">{finding.quote}</blockquote>
      <p className="mt-3 text-[13px]">
        <Link className="text-accent underline underline-offset-2" href={documentPath(finding.document_id, { version: versionOf(finding.version_id) })} prefetch={false}>
          {finding.title}, as it was read then
        </Link>
      </p>
    </Card>
  );
}
