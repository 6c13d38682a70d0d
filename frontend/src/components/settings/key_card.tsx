import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";

interface KeyCardProps {
  /** How many keys this page's server was given. */
  count: number;
  owner: string | undefined;
  /** Whether visitors are asked for a password. */
  password: boolean;
  /** Names that calls of this page may be addressed to; empty: any. */
  hosts: string[];
}

/** Which key is used, where it is kept and how it is changed. The key itself, and any part of it, stays away from the browser. */
export function KeyCard({ count, owner, password, hosts }: KeyCardProps) {
  return (
    <Card title="Key" note="Services answer only to who shows a key. This page's server adds it to each call; your browser never gets it, so it is not shown here either.">
      <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-[auto_minmax(0,1fr)]">
        <Row name="In use">
          The first of ALEX_API_KEYS{count > 1 ? `, which holds ${count} at the moment: services accept each of them` : ", which holds one"}.
        </Row>
        <Row name="Kept">
          By <Code>alex up</Code> in the file <Code>.alex/api_key</Code> of the folder it was started in, unless ALEX_API_KEYS is set in the environment or in <Code>.env</Code>. By Docker in{" "}
          <Code>.env</Code>, else it is the one that <Code>compose.yaml</Code> has. In AWS in Secrets Manager.
        </Row>
        <Row name="Changed">
          Set ALEX_API_KEYS to the new key, a comma, and the old one; start everything again; give the new one to your programs; then take the old one away and start again. So nothing stands still meanwhile.
        </Row>
        <Row name="Owner">{owner ? `Everything here belongs to “${owner}” (ALEX_OWNER).` : "Everything here belongs to the one owner of this machine, “local”."}</Row>
        <Row name="Password">{password ? "Every visitor is asked for FRONTEND_PASSWORD." : `None; so this page answers to ${hosts.join(", ")} only (ALEX_ALLOWED_HOSTS). FRONTEND_PASSWORD sets one.`}</Row>
      </dl>
    </Card>
  );
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted text-[13px]">{name}</dt>
      <dd className="max-w-prose">{children}</dd>
    </>
  );
}

export function Code({ children }: { children: ReactNode }) {
  return <code className="bg-inset rounded px-1 py-0.5 font-mono text-[13px]">{children}</code>;
}
