import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import type { DocumentVersion } from "@/lib/api/types";
import { LocalTime } from "@/lib/format/client";
import { requestFormat } from "@/lib/format/server";
import { documentPath, shortVersion, versionOf } from "@/lib/research/reading";

/** Every version of a document; each stays readable, and can be compared with the current one. */
export async function DocumentVersions({ versions, shown }: { versions: DocumentVersion[]; shown: string }) {
  const format = await requestFormat();
  return (
    <Card title="Versions" note="Each as it was when its text was read for the first time">
      <ul className="divide-line divide-y text-[13px]">
        {versions.map(({ document_id, version_id, title, fetched_at, published_at, total_chars, current }) => (
          <li key={version_id} className="flex flex-wrap items-baseline gap-x-3 gap-y-1 py-2">
            {version_id === shown ? (
              <span className="font-medium">
                Read <LocalTime iso={fetched_at} /> (shown)
              </span>
            ) : (
              <Link className="text-accent font-medium underline underline-offset-2" href={documentPath(document_id, current ? {} : { version: versionOf(version_id) })} prefetch={false}>
                Read <LocalTime iso={fetched_at} />
              </Link>
            )}
            {current && <Badge tone="good">current</Badge>}
            <span className="text-muted [overflow-wrap:anywhere]">
              version {shortVersion(version_id)}, {title}, {published_at ? `published ${format.day(published_at)}` : "without a date"}, {format.number(total_chars)} characters
            </span>
            {!current && (
              <Link className="text-accent underline underline-offset-2" href={`/research/documents/${document_id}?compare=${versionOf(version_id)}`} prefetch={false}>
                Compare with the current one
              </Link>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
