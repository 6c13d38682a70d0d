// Builds the article from the JSON file beside it, a moment after the page has loaded, as many news sites do.
const DELAY_MS = 300;

function element(name, text, parent) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  parent.append(made);
  return made;
}

function showTable(table, parent) {
  const shown = element("table", "", parent);
  element("caption", table.caption, shown);
  const head = element("tr", "", element("thead", "", shown));
  for (const cell of table.columns) element("th", cell, head);
  const body = element("tbody", "", shown);
  for (const row of table.rows) {
    const line = element("tr", "", body);
    for (const cell of row) element("td", cell, line);
  }
}

function showArticle(article) {
  const place = document.getElementById("article");
  element("h1", article.title, place);
  const byline = element("p", `By ${article.author}, `, place);
  byline.className = "byline";
  element("time", article.published_shown, byline).dateTime = article.published;
  for (const part of article.parts) {
    if (part.paragraph) element("p", part.paragraph, place);
    if (part.quote) element("p", part.quote, element("blockquote", "", place));
    if (part.table) showTable(part.table, place);
  }
  document.title = `${article.title} | The Harbour Ledger (fictional)`;
}

window.addEventListener("load", () => {
  setTimeout(async () => {
    const answer = await fetch("quillhaven-patent-dispute.json");
    showArticle(await answer.json());
  }, DELAY_MS);
});
