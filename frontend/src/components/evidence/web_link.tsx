import { ExternalLink } from "lucide-react";
import type { ReactNode } from "react";

/** The host of an address of the web; null for anything else, which is never made a link. */
export function hostOf(url: string | null | undefined): string | null {
  if (!url || !URL.canParse(url)) return null;
  const { protocol, host } = new URL(url);
  return /^https?:$/.test(protocol) ? host : null;
}

/** A link out of Alex: a new tab, which is told neither where it was opened from nor lets the page reach back. */
export function WebLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a className="text-accent underline underline-offset-2 [overflow-wrap:anywhere]" href={href} target="_blank" rel="noopener noreferrer">
      {children}
      <ExternalLink aria-label=" (opens the page in a new tab)" className="ml-1 inline size-3 align-baseline" />
    </a>
  );
}

/** Where something was read: a link for an address of the web, else the words as they are. */
export function SourceAddress({ url }: { url: string | null | undefined }) {
  if (!url) return null;
  return hostOf(url) ? <WebLink href={url}>{url}</WebLink> : <span className="[overflow-wrap:anywhere]">{url}</span>;
}
