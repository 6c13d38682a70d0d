// Closes what lies over the page and asks for something else: newsletter, sign-up, app and survey windows.
// Returns the label of the button that was clicked, or null when nothing stands before the page.
() => {
  const CLOSE = /^(close( (this )?(dialog|window|modal|popup|banner|message|ad|overlay))?|dismiss|[x×✕✖╳⨯]|no,? thanks?( you)?|not now|not interested|maybe later|later|skip( for now)?|continue (to|reading).{0,30}|i'?m not interested|schlie(ß|ss)en|nein,? danke|fermer|non,? merci|cerrar|no,? gracias|chiudi|no,? grazie|sluiten|nee,? bedankt)[.!]?$/i;
  const NAMED_CLOSE = /(^|[-_ ])(close|dismiss)([-_ ]|$|btn|button|icon)/i;
  const MAX_CHARS = 1500; // a window with more text than this is what the page is about
  const MAX_SHARE = 0.5; // so is one with most of the text of the page

  const isWindow = (element) => {
    if (element.matches("dialog[open], [role='dialog'], [role='alertdialog'], [aria-modal='true']")) return true;
    const style = getComputedStyle(element);
    return style.position === "fixed" && (Number(style.zIndex) > 0 || /modal|popup|overlay|lightbox/i.test(element.className));
  };
  const windowAt = (x, y) => {
    let found = null;
    for (let element = document.elementFromPoint(x, y); element && element !== document.body; element = element.parentElement) {
      if (isWindow(element)) found = element;
    }
    return found;
  };
  const words = (element) => (element.innerText || "").trim();
  const label = (button) => (words(button) || button.value || button.getAttribute("aria-label") || button.title || "").replace(/\s+/g, " ").trim();

  const overlay = windowAt(innerWidth / 2, innerHeight / 2) || windowAt(innerWidth / 2, innerHeight / 4);
  if (!overlay) return null;
  const text = words(overlay);
  if (text.length > MAX_CHARS || text.length > MAX_SHARE * words(document.body).length) return null;
  const buttons = [...overlay.querySelectorAll("button, [role='button'], input[type='button'], a, [aria-label], [class*='close' i]")]
    .filter((button) => button.checkVisibility({ checkVisibilityCSS: true }) && !/^https?:/.test(button.getAttribute("href") ?? ""));
  const button = buttons.find((one) => CLOSE.test(label(one)) || CLOSE.test(one.getAttribute("aria-label") ?? ""))
    ?? buttons.find((one) => label(one).length < 3 && NAMED_CLOSE.test(`${one.className} ${one.id}`));
  if (button) { button.click(); return label(button) || "close"; }
  if (overlay.tagName === "DIALOG") { overlay.close(); return "close"; }
  return null;
}
