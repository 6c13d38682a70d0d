import { FigureButton } from "@/components/plan/opener";
import { Badge } from "@/components/ui/badge";
import type { PlannerTypes } from "@/lib/api/types";
import type { FigureFinder } from "@/lib/plans/figures";

type Paragraph = PlannerTypes["Paragraph"];

/** A sentence of a plan, in which each figure opens its calculation. */
export function Sentence({ text, finder, own = [] }: { text: string; finder: FigureFinder; own?: string[] }) {
  return finder.cut(text, own).map(({ text: piece, facts }, index) =>
    facts.length ? (
      <FigureButton key={index} ids={facts}>
        {piece}
      </FigureButton>
    ) : (
      piece
    ),
  );
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
