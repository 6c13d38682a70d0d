import { ThemeChoice } from "@/components/settings/theme_choice";
import { Card } from "@/components/ui/card";
import { LocalTime } from "@/lib/format/client";
import { requestFormat } from "@/lib/format/server";

const SAMPLE = "1234567.89";

/** How the page looks and writes numbers and dates. `now` is ISO 8601, UTC. */
export async function DisplayCard({ now }: { now: string }) {
  const format = await requestFormat();
  const language = new Intl.DisplayNames("en", { type: "language" }).of(format.locale) ?? format.locale;
  return (
    <Card title="Display" note="Kept in this browser only.">
      <div className="space-y-4">
        <ThemeChoice />
        <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-[auto_minmax(0,1fr)]">
          <dt className="text-muted text-[13px]">Numbers and dates</dt>
          <dd>
            As in {language} ({format.locale}), the first language of your browser that Alex can write: <span className="numbers">{format.money(SAMPLE, "USD")}</span>, <span className="numbers">{format.percent(0.256)}</span>, {format.day(now)}.
          </dd>
          <dt className="text-muted text-[13px]">Time</dt>
          <dd>That of your machine: it is <LocalTime iso={now} /> there.</dd>
        </dl>
        <p className="text-muted text-[13px]">Change the languages in the settings of your browser; the words of this page stay English.</p>
      </div>
    </Card>
  );
}
