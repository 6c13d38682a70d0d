import { hostOf } from "@/components/evidence/web_link";
import { Badge } from "@/components/ui/badge";
import { LocalTime } from "@/lib/format/client";
import { requestFormat } from "@/lib/format/server";
import { shortVersion } from "@/lib/research/reading";

interface Facts {
  url: string | null;
  kind: string;
  published_at: string | null;
  fetched_at: string;
  version_id: string;
}

/** Kind, host, dates and version of a document in a line. */
export async function DocumentFacts({ url, kind, published_at, fetched_at, version_id }: Facts) {
  const format = await requestFormat();
  return (
    <p className="text-muted flex flex-wrap items-baseline gap-x-3 gap-y-1 text-[13px]">
      <Badge>{kind}</Badge>
      <span className="[overflow-wrap:anywhere]">{hostOf(url) ?? url ?? "without an address"}</span>
      <span>{published_at ? `published ${format.day(published_at)}` : "without a date"}</span>
      <span>
        read <LocalTime iso={fetched_at} />
      </span>
      <span className="font-mono text-xs">version {shortVersion(version_id)}</span>
    </p>
  );
}
