import { Card } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/states";
import { loadText } from "@/lib/api/knowledge";
import { requestFormat } from "@/lib/format/server";
import { type Part, compareTexts } from "@/lib/research/comparing";

const LOOKS: Record<Part["kind"], string> = {
  added: "bg-info-soft border-good",
  removed: "bg-bad-soft border-bad line-through",
  same: "border-transparent text-muted",
  gap: "border-transparent text-muted text-center",
};
const WORDS: Partial<Record<Part["kind"], string>> = { added: "New: ", removed: "Gone: " };
/** The most that one call of the vector store gives. */
const COMPARED_CHARACTERS = 100_000;

/** What the current version of a document says that an earlier one did not, and the other way round. */
export async function DocumentComparison({ id, version }: { id: string; version: string }) {
  const format = await requestFormat();
  const [before, after] = await Promise.all([loadText(id, 0, COMPARED_CHARACTERS, version), loadText(id, 0, COMPARED_CHARACTERS)]);
  if (!before.ok) return <ErrorState what="The earlier version" error={before.error} />;
  if (!after.ok) return <ErrorState what="The current version" error={after.error} />;
  const parts = compareTexts(before.data.text, after.data.text);
  const partly = Math.max(before.data.total_chars, after.data.total_chars) > COMPARED_CHARACTERS;
  return (
    <Card title="What changed" note={partly ? `In the first ${format.number(COMPARED_CHARACTERS)} characters; the rest was not compared.` : "From the earlier version to the current one"}>
      <Parts parts={parts} />
    </Card>
  );
}

function Parts({ parts }: { parts: Part[] | null }) {
  if (!parts) return <p>The two have too little in common to be compared line by line.</p>;
  if (!parts.some(({ kind }) => kind === "added" || kind === "removed")) return <p>The text is the same; title, kind or date of publication changed.</p>;
  return (
    <div className="space-y-1.5 text-[13px]">
      {parts.map(({ kind, text }, index) => (
        <p key={index} className={`border-l-3 px-3 py-1 whitespace-pre-line [overflow-wrap:anywhere] ${LOOKS[kind]}`}>
          {WORDS[kind] && <span className="sr-only">{WORDS[kind]}</span>}
          {kind === "gap" ? `${text} lines are the same` : text.trim()}
        </p>
      ))}
    </div>
  );
}
