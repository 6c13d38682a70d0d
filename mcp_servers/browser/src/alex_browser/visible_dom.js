// Returns the page as HTML without what a person cannot see, with open shadow trees and frames of the same
// origin written in place, up to `longest` characters of text. The page itself is not changed.
(longest) => {
  const DROP = new Set(["SCRIPT", "STYLE", "TEMPLATE", "NOSCRIPT", "LINK", "OBJECT", "EMBED", "CANVAS", "DATALIST"]);
  const TINY = 1; // pixels: what is clipped to this or less is not there for a person
  const out = document.implementation.createHTMLDocument("");
  let room = longest;

  const isGone = (element, style, view) => {
    if (style.display === "none" || style.contentVisibility === "hidden") return true;
    if (Number(style.opacity) === 0) return true;
    const box = element.getBoundingClientRect();
    const clips = style.overflowX !== "visible" || style.overflowY !== "visible";
    const sized = style.display !== "contents" && style.display !== "inline";
    if (sized && clips && (box.width <= TINY || box.height <= TINY)) return true;
    if (sized && box.width * box.height > 0) {
      const right = box.right + view.scrollX;
      const bottom = box.bottom + view.scrollY;
      if (right <= 0 || bottom <= 0) return true;
    }
    if (style.position === "absolute" || style.position === "fixed") {
      if (/^rect\((0px|1px|auto)[, ]+(0px|1px)[, ]+(0px|1px)[, ]+(0px|1px|auto)\)$/.test(style.clip)) return true;
      if (/^inset\((50|100)%/.test(style.clipPath)) return true;
    }
    return false;
  };
  const showsText = (style) => {
    if (style.visibility !== "visible" || parseFloat(style.fontSize) < 1) return false;
    if (parseFloat(style.textIndent) < -500) return false;
    const throughLetters = (style.backgroundClip || style.webkitBackgroundClip || "").includes("text");
    return throughLetters || !/^rgba\(.*, 0\)$/.test(style.webkitTextFillColor || style.color);
  };

  const copyChildren = (nodes, target, shows, view) => {
    for (const node of nodes) {
      if (node.nodeType === Node.TEXT_NODE) {
        if (room <= 0) return;
        room -= node.data.length;
        if (shows) target.append(out.createTextNode(node.data));
        else target.append(out.createTextNode(" "));
      } else if (node.nodeType === Node.ELEMENT_NODE && room > 0) {
        copy(node, target, view);
      }
    }
  };
  const copy = (element, target, view) => {
    if (DROP.has(element.tagName)) return;
    const style = view.getComputedStyle(element);
    if (isGone(element, style, view)) return;
    const shows = showsText(style);
    if (element.tagName === "IFRAME") return copyFrame(element, target);
    const isSlot = element.tagName === "SLOT";
    const twin = isSlot || element.shadowRoot ? out.createElement("div") : out.importNode(element, false);
    twin.removeAttribute("hidden");
    twin.removeAttribute("style");
    if (element.href && element.tagName === "A") twin.setAttribute("href", element.href);
    target.append(twin);
    const children = element.shadowRoot ? element.shadowRoot.childNodes
      : isSlot && element.assignedNodes().length ? element.assignedNodes({ flatten: true })
      : element.childNodes;
    copyChildren(children, twin, shows, view);
  };
  const copyFrame = (frame, target) => {
    try {
      const inner = frame.contentDocument;
      if (!inner || !inner.body) return;
      const place = out.createElement("div");
      target.append(place);
      copyChildren(inner.body.childNodes, place, true, inner.defaultView);
    } catch { /* another origin: its text is read by the caller, frame by frame */ }
  };

  for (const details of document.querySelectorAll("details")) details.open = true;
  out.documentElement.lang = document.documentElement.lang;
  out.title = document.title;
  const metadata = "meta, link[rel], base, script[type='application/ld+json']";
  for (const node of document.querySelectorAll(metadata)) out.head.append(out.importNode(node, true));
  if (document.body) {
    const style = getComputedStyle(document.body);
    if (!isGone(document.body, style, window)) copyChildren(document.body.childNodes, out.body, showsText(style), window);
  }
  const navigation = performance.getEntriesByType("navigation")[0];
  return {
    html: out.documentElement.outerHTML,
    cut: room <= 0,
    status: (navigation && navigation.responseStatus) || 200,
    contentType: document.contentType,
  };
}
