/** What a reader wants researched, and the researcher's calls for it. */

export interface ResearchForm {
  topic: string;
  symbols: string;
  sources: string;
  maxPages: string;
}

export interface FollowForm extends ResearchForm {
  /** ISO 8601 duration. */
  every: string;
  /** Most tokens of each run; empty for the service's own limit. */
  tokens: string;
}

export type Problems = Partial<Record<keyof FollowForm, string>>;

export const EMPTY_RESEARCH: ResearchForm = { topic: "", symbols: "", sources: "", maxPages: "6" };
export const EMPTY_FOLLOW: FollowForm = { ...EMPTY_RESEARCH, every: "P1D", tokens: "" };
/** In AWS a schedule looks once a day for what is due. */
export const SCHEDULES: Record<string, string> = { P1D: "Every day", P7D: "Every week", P30D: "Every 30 days" };

const MAX_LISTED = 20;

export function findProblems({ topic, symbols, sources }: ResearchForm): Problems {
  const problems: Problems = {};
  if (topic.trim().length < 3) problems.topic = "Say in a few words what to find out.";
  if (listOf(symbols).length > MAX_LISTED) problems.symbols = `At most ${MAX_LISTED} symbols.`;
  const pages = linesOf(sources);
  const wrong = pages.find((page) => !isWebAddress(page));
  if (wrong) problems.sources = `${wrong} is no address of a web page; it begins with https://.`;
  if (pages.length > MAX_LISTED) problems.sources = `At most ${MAX_LISTED} pages.`;
  return problems;
}

/** Returns the body of `POST /runs`. */
export function researchRequest({ topic, symbols, sources, maxPages }: ResearchForm) {
  return { topic: topic.trim(), symbols: listOf(symbols), sources: linesOf(sources), max_pages: Number(maxPages) };
}

/** Returns the body of `POST /topics`. */
export function followRequest(form: FollowForm) {
  return { ...researchRequest(form), every: form.every, ...(form.tokens && { budget: { tokens: Number(form.tokens) } }) };
}

function listOf(text: string): string[] {
  return text.split(/[\s,;]+/).filter(Boolean);
}

function linesOf(text: string): string[] {
  return text.split("\n").map((line) => line.trim()).filter(Boolean);
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
