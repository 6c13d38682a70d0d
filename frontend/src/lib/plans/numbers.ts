/** Texts of a form as numbers and lines. */

/** Returns percent as a fraction in decimal text: a float would turn 7 % into 0.07000000000000001. */
export function percentToFraction(percent: string): string {
  const text = (Number(percent) / 100).toFixed(8);
  return text.replace(/0+$/, "").replace(/\.$/, "");
}

/** Returns the lines that are not blank. */
export function textLines(text: string): string[] {
  return text.split("\n").map((line) => line.trim()).filter(Boolean);
}
