// Returns the page as HTML without what a person cannot see, with open shadow trees and frames of the same
// origin written in place, up to `longest` characters of text. The page itself is not changed.
(longest) => {
  const DROP = new Set(["SCRIPT", "STYLE", "TEMPLATE", "NOSCRIPT", "LINK", "OBJECT", "EMBED", "CANVAS", "DATALIST", "svg"]);
  const VOID = new Set(["area", "base", "br", "col", "hr", "img", "input", "meta", "source", "track", "wbr"]);
  const FAINT = 0.06; // opacity below which letters cannot be read
  const TINY_LETTERS = 2; // pixels
  const FAR = 5000; // pixels to the right at which nobody looks
  const CLIPPED_AWAY = /^inset\(([5-9]\d|100)(\.\d+)?%|^(circle|ellipse)\(0(px|%)?[ )]|^polygon\((0(px|%)?[ ,]*)+\)/;
  const TINY = 1; // pixels: what is clipped to this or less is not there for a person
  const MAX_VALUE_CHARS = 300; // a longer attribute holds a picture or a program
  const LONG_VALUES = new Set(["href", "content"]);
  const UNREAD = /^(on|data-(?!component|testid)|aria-(?!label$)|style$|srcset$|sizes$|hidden$)/; // says nothing to a reader
  const NAME = /^[a-z][\w:.-]*$/i;
  const out = []; // the page as it is written, piece by piece
  let room = longest;
  const text = (value) => /[&<>]/.test(value)
    ? value.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;") : value;
  const quoted = (value) => /[&"]/.test(value) ? value.replace(/&/g, "&amp;").replace(/"/g, "&quot;") : value;

  // Asking for a computed value takes as long as copying the element, so few are asked for.
  const isGone = (element, view) => {
    const style = view.getComputedStyle(element);
    const display = style.display;
    if (display === "none" || style.opacity < FAINT || style.contentVisibility === "hidden") return true;
    if (display !== "contents" && display !== "inline") {
      const box = element.getBoundingClientRect();
      const isTiny = box.width <= TINY || box.height <= TINY;
      if (isTiny && (style.overflowX !== "visible" || style.overflowY !== "visible")) return true;
      const hasArea = box.width * box.height > 0;
      if (hasArea && (box.right + view.scrollX <= 0 || box.bottom + view.scrollY <= 0)) return true;
      if (hasArea && box.left + view.scrollX > FAR) return true;
      if (box.width + box.height === 0 && style.transform !== "none") return true;
      if (CLIPPED_AWAY.test(style.clipPath)) return true;
    }
    const position = style.position;
    if (position === "absolute" || position === "fixed") {
      if (/^rect\((0px|1px|auto)[, ]+(0px|1px)[, ]+(0px|1px)[, ]+(0px|1px|auto)\)$/.test(style.clip)) return true;
      const box = position === "fixed" && element.getBoundingClientRect();
      if (box && box.height > 0 && (box.top >= view.innerHeight || box.left >= view.innerWidth)) return true;
    }
    return false;
  };
  const showsText = (style) => {
    if (style.visibility !== "visible" || parseFloat(style.fontSize) < TINY_LETTERS) return false;
    if (parseFloat(style.textIndent) < -500) return false;
    const throughLetters = (style.backgroundClip || style.webkitBackgroundClip || "").includes("text");
    return throughLetters || !/^rgba\(.*, 0\)$/.test(style.webkitTextFillColor || style.color);
  };
  const openingTag = (element, name) => {
    let tag = `<${name}`;
    for (const attribute of element.getAttributeNames()) {
      if (UNREAD.test(attribute) || !NAME.test(attribute)) continue;
      const value = attribute === "href" && element.tagName === "A" ? element.href : element.getAttribute(attribute);
      if (typeof value !== "string" || (value.length > MAX_VALUE_CHARS && !LONG_VALUES.has(attribute))) continue;
      tag += ` ${attribute}="${quoted(value)}"`;
    }
    return `${tag}>`;
  };

  // `holder` is the element whose own text the text nodes among `nodes` are; null for a frame.
  const writeChildren = (nodes, holder, view) => {
    let shows = holder ? undefined : true;
    for (const node of nodes) {
      if (node.nodeType === Node.TEXT_NODE) {
        if (room <= 0) return;
        const said = node.data;
        room -= said.length;
        const isBlank = said.trim() === "";
        if (!isBlank && shows === undefined) shows = showsText(view.getComputedStyle(holder));
        out.push(isBlank || shows ? text(said) : " ");
      } else if (node.nodeType === Node.ELEMENT_NODE && room > 0) {
        write(node, view);
      }
    }
  };
  const write = (element, view) => {
    if (DROP.has(element.tagName) || isGone(element, view)) return;
    if (element.tagName === "IFRAME") return writeFrame(element);
    const isSlot = element.tagName === "SLOT";
    const root = element.shadowRoot;
    const name = isSlot || root || !NAME.test(element.localName) ? "div" : element.localName;
    out.push(isSlot || root ? "<div>" : openingTag(element, name));
    if (VOID.has(name)) return;
    const children = root ? root.childNodes
      : isSlot && element.assignedNodes().length ? element.assignedNodes({ flatten: true })
      : element.childNodes;
    writeChildren(children, element, view);
    out.push(`</${name}>`);
  };
  const writeFrame = (frame) => {
    try {
      const inner = frame.contentDocument;
      if (!inner || !inner.body) return;
      out.push("<div>");
      writeChildren(inner.body.childNodes, null, inner.defaultView);
      out.push("</div>");
    } catch { /* another origin: its text is read by the caller, frame by frame */ }
  };

  for (const details of document.querySelectorAll("details")) details.open = true;
  out.push(`<html lang="${quoted(document.documentElement.lang)}"><head><title>${text(document.title)}</title>`);
  const metadata = "meta, link[rel], base, script[type='application/ld+json']";
  for (const node of document.querySelectorAll(metadata)) out.push(node.outerHTML);
  out.push("</head><body>");
  if (document.body && !isGone(document.body, window)) writeChildren(document.body.childNodes, document.body, window);
  out.push("</body></html>");
  const navigation = performance.getEntriesByType("navigation")[0];
  return {
    url: location.href,
    html: out.join(""),
    cut: room <= 0,
    status: (navigation && navigation.responseStatus) || 200,
    contentType: document.contentType,
  };
}
