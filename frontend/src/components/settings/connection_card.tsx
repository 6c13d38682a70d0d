import { CheckAgain } from "@/components/settings/check_again";
import { Alert } from "@/components/ui/alert";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Table, Td, Th } from "@/components/ui/table";
import { PURPOSES, nameOf, problemsOf } from "@/lib/connections";
import { words } from "@/lib/format/format";
import type { Build, Connection } from "@/lib/server/connection";

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
        <Table label="Services">
          <thead>
            <tr>
              <Th>Service</Th>
              <Th>State</Th>
              <Th>Needs</Th>
              <Th>Build</Th>
              <Th>Address</Th>
            </tr>
          </thead>
          <tbody>{connections.map((connection) => <ServiceRow key={connection.name} connection={connection} />)}</tbody>
        </Table>
        <p className="text-muted text-[13px]">This page: <BuildText build={page} />.</p>
      </div>
    </Card>
  );
}

function ServiceRow({ connection }: { connection: Connection }) {
  const { name, url, health, checks } = connection;
  return (
    <tr>
      <Th scope="row" className="text-text min-w-36 align-top">
        {words(name)}
        <span className="text-muted block font-normal">{PURPOSES[name]}</span>
      </Th>
      <Td><State connection={connection} /></Td>
      <Td className="min-w-44">
        {checks ? <ul>{Object.entries(checks).map(([need, answer]) => <li key={need} className={answer === "ok" ? "" : "text-bad"}>{nameOf(need)}: {answer === "ok" ? "answers" : "does not answer"}</li>)}</ul> : <span className="text-warn">not known</span>}
      </Td>
      <Td className="whitespace-nowrap">{health.ok ? <BuildText build={health.build} /> : <span className="text-warn">not known</span>}</Td>
      <Td className="whitespace-nowrap">{url}</Td>
    </tr>
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
