import { WebLink, hostOf } from "@/components/evidence/web_link";
import { ClaimButton } from "@/components/plan/opener";
import { Table, Td, Th } from "@/components/ui/table";
import type { Finding, PlannerTypes } from "@/lib/api/types";
import type { Format } from "@/lib/format/format";
import type { ShowFigure } from "@/lib/plans/show_figure";

/** A finding whose quote states a figure that a company reported to the SEC. */
export type ReportedFinding = Finding & { figure: PlannerTypes["ReportedFigure"] };

export const isReported = (finding: Finding): finding is ReportedFinding => Boolean(finding.figure);

interface ReportedFiguresProps {
  findings: ReportedFinding[];
  format: Format;
  show: ShowFigure;
}

/** Figures of companies in the unit and for the period that they reported, each with its filing. */
export function ReportedFigures({ findings, format, show }: ReportedFiguresProps) {
  if (!findings.length) return null;
  return (
    <div>
      <h3 className="mb-1 text-[13px] font-medium">Figures that companies reported</h3>
      <Table label="Figures that companies reported">
        <thead>
          <tr>
            <Th>Company and figure</Th>
            <Th>Period</Th>
            <Th numeric>Value and unit</Th>
            <Th>Filing, accession number</Th>
          </tr>
        </thead>
        <tbody>
          {findings.map(({ id, symbols, topic, figure: { label, concept, value, unit, period_start, period_end, form, filed, accession, url } }) => (
            <tr key={id}>
              <Th scope="row" className="text-text min-w-40 align-top">
                {symbols.join(", ") || topic}: <ClaimButton id={id}>{label}</ClaimButton>
                <span className="text-muted block font-mono font-normal [overflow-wrap:anywhere]">{concept}</span>
              </Th>
              <Td className="min-w-28">
                {period_start && `${format.day(period_start)} to `}
                {show(`reported.${id}.end`, format.day(period_end))}
              </Td>
              <Td numeric>{show(`reported.${id}`, `${format.quantity(value)} ${unit}`)}</Td>
              <Td className="min-w-40">
                {form} of {show(`reported.${id}.filed`, format.day(filed))}, {hostOf(url) ? <WebLink href={url}>{accession}</WebLink> : accession}
                <span className="only-printed text-muted [overflow-wrap:anywhere]"> {url}</span>
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
