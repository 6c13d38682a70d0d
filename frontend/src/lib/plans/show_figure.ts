import type { ReactNode } from "react";

/** Shows the text of a figure; in a plan it opens the fact with this id. */
export type ShowFigure = (fact: string, text: ReactNode) => ReactNode;

export const asText: ShowFigure = (_, text) => text;
