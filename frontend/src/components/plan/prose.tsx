import { FigureButton } from "@/components/plan/opener";
import { Badge } from "@/components/ui/badge";
import type { PlannerTypes } from "@/lib/api/types";
import { requestFormat } from "@/lib/format/server";
import type { FigureFinder } from "@/lib/plans/figures";

type Paragraph = PlannerTypes["Paragraph"];

const CLOSING = /^[.,;:)]+/;

/** A sentence of a plan, in which each figure opens its calculation. */
export async function Sentence({ text, finder, own = [] }: { text: string; finder: FigureFinder; own?: string[] }) {
  const format = await requestFormat();
  const pieces = finder.cut(text, own);
  return pieces.map(({ text: piece, facts }, index) => {
    if (!facts.length) return index ? format.prose(piece.replace(CLOSING, "")) : format.prose(piece);
    // A browser would break a line between a button and the full stop behind it.
    return (
      <span key={index} className="whitespace-nowrap">
        <FigureButton ids={facts}>{format.prose(piece)}</FigureButton>
        {CLOSING.exec(pieces[index + 1]?.text ?? "")?.[0]}
      </span>
    );
  });
}

export function Paragraphs({ paragraphs, finder, own }: { paragraphs: Paragraph[]; finder: FigureFinder; own?: string[] }) {
  return (
    <div className="max-w-prose space-y-2">
      {paragraphs.map(({ text, by }, index) => (
        <p key={index}>
          <Sentence text={text} finder={finder} own={own ?? []} /> {by === "code" && <Badge>computed sentence</Badge>}
        </p>
      ))}
    </div>
  );
}
