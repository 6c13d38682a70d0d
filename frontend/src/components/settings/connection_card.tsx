import { CheckAgain } from "@/components/settings/check_again";
import { Alert } from "@/components/ui/alert";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { PURPOSES, nameOf, problemsOf } from "@/lib/connections";
import { words } from "@/lib/format/format";
import type { Build, Connection } from "@/lib/server/connection";

const list = new Intl.ListFormat("en");

interface ConnectionCardProps {
  connections: Connection[];
  page: Build;
  /** ISO 8601, UTC. */
  checkedAt: string;
}

/** Which services answer, which build each is, and what each of them misses. */
export function ConnectionCard({ connections, page, checkedAt }: ConnectionCardProps) {
  const problems = connections.flatMap(problemsOf);
  return (
    <Card title="Connection" note="Your browser talks to this page's server only, and that to these services." action={<CheckAgain checkedAt={checkedAt} problems={problems.length} />}>
      <div className="space-y-3">
        {problems.map(({ title, whatToDo }) => <Alert key={title} tone="bad" title={title}>{whatToDo}</Alert>)}
        <ul aria-label="Services" className="divide-line divide-y">
          {connections.map((connection) => <ServiceLine key={connection.name} connection={connection} />)}
        </ul>
        <p className="text-muted text-[13px]">This page: <BuildText build={page} />.</p>
      </div>
    </Card>
  );
}

function ServiceLine({ connection }: { connection: Connection }) {
  const { name, url, health, checks } = connection;
  return (
    <li className="grid gap-x-6 gap-y-1 py-3 sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
      <div>
        <h3 className="inline font-medium">{words(name)}</h3> <State connection={connection} />
        <p className="text-muted text-[13px]">{PURPOSES[name]}</p>
      </div>
      <div className="text-[13px] [overflow-wrap:anywhere]">
        {checks ? <Reached checks={checks} /> : <p className="text-warn">What it reaches is not known.</p>}
        <p className="text-muted">
          {url}, {health.ok ? <BuildText build={health.build} /> : "version not known"}
        </p>
      </div>
    </li>
  );
}

function Reached({ checks }: { checks: Record<string, string> }) {
  const names = (wanted: boolean) => Object.entries(checks).filter(([, answer]) => (answer === "ok") === wanted).map(([need]) => nameOf(need));
  const [reached, missing] = [names(true), names(false)];
  return (
    <>
      {reached.length > 0 && <p>Reaches {list.format(reached)}.</p>}
      {missing.length > 0 && <p className="text-bad">Does not reach {list.format(missing)}.</p>}
    </>
  );
}

function State({ connection }: { connection: Connection }) {
  if (!connection.health.ok) return <Badge tone="bad">does not answer</Badge>;
  if (connection.refusal === "key") return <Badge tone="bad">refuses the key</Badge>;
  return problemsOf(connection).length ? <Badge tone="warn">not ready</Badge> : <Badge tone="good">ready</Badge>;
}

function BuildText({ build: { version, gitSha } }: { build: Build }) {
  return <>version {version}{gitSha && <>, commit <span title={gitSha}>{gitSha.slice(0, 12)}</span></>}</>;
}
