import { Alert } from "@/components/ui/alert";
import { type Format, sentence } from "@/lib/format/format";

/** What is not known, in the words of the service that found it missing. */
export function Missing({ missing, format }: { missing: string[]; format: Format }) {
  if (!missing.length) return null;
  return (
    <Alert tone="warn" title={missing.length === 1 ? "One thing is missing" : `${missing.length} things are missing`}>
      <ul className="mt-1 list-disc space-y-0.5 pl-4">
        {missing.map((text) => (
          <li key={text}>{format.prose(sentence(text))}</li>
        ))}
      </ul>
    </Alert>
  );
}
