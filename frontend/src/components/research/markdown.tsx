import type { Nodes, Parents, Table as TableNode, Text } from "mdast";
import { Fragment, type ReactNode } from "react";
import { WebLink, hostOf } from "@/components/evidence/web_link";
import { Table, Td, Th } from "@/components/ui/table";
import { parseMarkdown } from "@/lib/research/markdown";

/** Shows a text of the document; `start` and `end` are where it stands in the source, in UTF-16 units. */
export type ShowText = (text: string, start: number, end: number) => ReactNode;

/**
 * A stored text, read as Markdown. It came from anywhere: HTML is shown as the letters it is, pictures are named and not
 * loaded, and a link shows the host that it leads to.
 */
export function Markdown({ text, show }: { text: string; show: ShowText }) {
  return <div className="space-y-3 [overflow-wrap:anywhere]">{children(parseMarkdown(text), show)}</div>;
}

function children(node: Parents, show: ShowText): ReactNode[] {
  return node.children.map((child, index) => <Fragment key={index}>{element(child, show)}</Fragment>);
}

function element(node: Nodes, show: ShowText): ReactNode {
  switch (node.type) {
    case "text":
    case "html":
      return literal(node, show);
    case "paragraph":
      return <p className="whitespace-pre-line">{children(node, show)}</p>;
    case "heading":
      // The headings of the page itself stay its only ones.
      return <p className={node.depth < 3 ? "pt-2 text-base font-semibold" : "font-semibold"}>{children(node, show)}</p>;
    case "emphasis":
      return <em>{children(node, show)}</em>;
    case "strong":
      return <strong>{children(node, show)}</strong>;
    case "inlineCode":
      return <code className="bg-inset rounded px-1 text-[13px]">{literal(node, show)}</code>;
    case "code":
      return <pre className="bg-inset rounded-md p-3 text-[13px] whitespace-pre-wrap">{literal(node, show)}</pre>;
    case "blockquote":
      return <blockquote className="border-line space-y-2 border-l-3 pl-3">{children(node, show)}</blockquote>;
    case "list":
      return node.ordered ? <ol start={node.start ?? 1} className="list-decimal space-y-1 pl-6">{children(node, show)}</ol> : <ul className="list-disc space-y-1 pl-5">{children(node, show)}</ul>;
    case "listItem":
      return <li>{children(node, show)}</li>;
    case "link":
      return <LinkedText url={node.url}>{children(node, show)}</LinkedText>;
    case "image":
      return <span className="text-muted">[picture{node.alt ? `: ${node.alt}` : ""}]</span>;
    case "table":
      return <TextTable table={node} show={show} />;
    case "break":
      return <br />;
    case "thematicBreak":
      return <hr className="border-line" />;
    default:
      return "children" in node ? children(node, show) : null;
  }
}

function literal(node: Text | { value: string; position?: Text["position"] }, show: ShowText): ReactNode {
  return show(node.value, node.position?.start.offset ?? 0, node.position?.end.offset ?? 0);
}

/** Only addresses of the web become links. The host stands beside the words, which may claim to lead elsewhere. */
function LinkedText({ url, children }: { url: string; children: ReactNode }) {
  const host = hostOf(url);
  if (!host) return <>{children}</>;
  return (
    <>
      <WebLink href={url}>{children}</WebLink> <span className="text-muted text-xs">({host})</span>
    </>
  );
}

function TextTable({ table: { children: [head, ...rows] }, show }: { table: TableNode; show: ShowText }) {
  return (
    <Table label="Table of the document">
      <thead>
        <tr>{head?.children.map((cell, index) => <Th key={index}>{children(cell, show)}</Th>)}</tr>
      </thead>
      <tbody>
        {rows.map((row, number) => (
          <tr key={number}>{row.children.map((cell, index) => <Td key={index}>{children(cell, show)}</Td>)}</tr>
        ))}
      </tbody>
    </Table>
  );
}
