// Answers a consent banner the way a careful person would: refuse if there is a button for it, else accept.
// Returns the label that was clicked, or null when there is no banner.
() => {
  const ABOUT = /cookie|consent|gdpr|privacy|datenschutz|einwilligung|confidentialit|privacidad|personal data|partners/i;
  const REFUSE = /^(reject( all)?( cookies)?|decline( all)?|refuse( all)?|deny( all)?|no,? thanks|(only |use )?(strictly )?(necessary|essential)( cookies)?( only)?|continue without (accepting|agreeing).*|(alle )?ablehnen|nur (notwendige|erforderliche).*|(tout )?refuser( tout)?|continuer sans accepter.*|rechazar( tod[oa]s?)?|rifiuta( tutto)?|(alles )?weigeren)$/i;
  const ACCEPT = /^(accept( all)?( cookies)?|i accept|agree( to all)?( and (continue|close|proceed))?|i agree|allow( all)?( cookies)?|ok(ay)?|got it|continue|(alle )?akzeptieren|alles akzeptieren|zustimmen( und weiter)?|(tout )?accepter( tout)?|j'accepte|aceptar( tod[oa]s?)?|accetta( tutto)?|(alles )?accepteren|akkoord)[.!]?$/i;
  const MAX_BANNER_CHARS = 4000; // more text than this is a page about privacy, not a banner
  const known = "#onetrust-banner-sdk, #CybotCookiebotDialog, #didomi-host, .qc-cmp2-container, .fc-consent-root,"
    + " #usercentrics-root, [id^='sp_message_container'], [id*='cookie' i], [class*='cookie' i], [id*='consent' i],"
    + " [class*='consent' i], [role='dialog'], [role='alertdialog'], [aria-modal='true'], dialog[open]";

  const label = (button) => (button.innerText || button.value || button.getAttribute("aria-label") || "").trim().replace(/\s+/g, " ");
  const inFrame = window !== window.top;
  const roots = inFrame ? [document.body] : [...document.querySelectorAll(known)];
  for (const host of document.querySelectorAll("*")) if (host.shadowRoot && host.matches(known)) roots.push(host.shadowRoot);
  for (const root of roots) {
    const text = (root.innerText ?? root.textContent ?? "");
    if (!ABOUT.test(text) || text.length > MAX_BANNER_CHARS) continue;
    const buttons = [...root.querySelectorAll("button, [role='button'], input[type='button'], input[type='submit'], a")]
      .filter((button) => button.checkVisibility({ checkVisibilityCSS: true }) && (button.tagName !== "A" || !/^https?:/.test(button.getAttribute("href") ?? "")));
    const button = buttons.find((one) => REFUSE.test(label(one))) ?? buttons.find((one) => ACCEPT.test(label(one)));
    if (button) { button.click(); return label(button); }
  }
  return null;
}
