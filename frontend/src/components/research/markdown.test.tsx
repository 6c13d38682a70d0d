import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { Markdown } from "./markdown";
import { PASSAGE_ANCHOR, markingRange, markingWords } from "./marked";

const rendered = (text: string) => renderToStaticMarkup(<Markdown text={text} show={(piece) => piece} />);

describe("a hostile text", () => {
  test.each([
    ["a script", "<script>alert(1)</script>"],
    ["a picture", "![x](https://evil.example/track.png)"],
    ["a picture by reference", "![x][y]\n\n[y]: https://evil.example/track.png"],
    ["HTML with a handler", 'a <img src=x onerror="alert(1)"> b <iframe src="https://evil.example"></iframe>'],
    ["a link that runs", "[x](javascript:alert(1)) [y](data:text/html,hi) [z](vbscript:x)"],
    ["an automatic link that runs", "<javascript:alert(1)>"],
  ])("%s loads and runs nothing", (_, text) => {
    expect(rendered(text)).not.toMatch(/<(script|img|iframe|a )/);
  });

  test("a link shows the host that it leads to, and opens apart", () => {
    const link = rendered("[your bank](https://evil.example/login)");
    expect(link).toContain('href="https://evil.example/login"');
    expect(link).toContain('rel="noopener noreferrer"');
    expect(link).toContain("(evil.example)");
  });
});

describe("marks", () => {
  test("stand at their place in the source, over several parts, the first with the anchor", () => {
    const text = "One two **three** four";
    const start = text.indexOf("two");
    const show = markingRange({ start, end: text.indexOf(" four") });
    const shown = renderToStaticMarkup(<Markdown text={text} show={show} />);
    expect(shown).toContain(`One <mark id="${PASSAGE_ANCHOR}">two </mark><strong><mark>three</mark></strong> four`);
  });

  test("take a part whole where the source says it with other letters", () => {
    const text = "Johnson &amp; Sons grew. Others shrank.";
    expect(renderToStaticMarkup(<Markdown text={text} show={markingRange({ start: 0, end: 12 })} />)).toContain("<mark");
  });

  test("stand at words of a query", () => {
    expect(renderToStaticMarkup(<Markdown text="*Orders* rose" show={markingWords("orders")} />)).toContain("<em><mark>Orders</mark></em> rose");
  });
});
