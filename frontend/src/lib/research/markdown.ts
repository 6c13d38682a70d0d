/** Stored texts as trees of Markdown, with the place of each part in its source. */
import type { Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { gfmTable } from "micromark-extension-gfm-table";

/** Stored texts are mostly no Markdown by intention: what is indented is no code, and HTML is letters. */
const LEFT_OUT = { disable: { null: ["codeIndented", "htmlFlow", "htmlText", "setextUnderline"] } };

export function parseMarkdown(text: string): Root {
  return fromMarkdown(text, { extensions: [gfmTable(), LEFT_OUT], mdastExtensions: [gfmTableFromMarkdown()] });
}
