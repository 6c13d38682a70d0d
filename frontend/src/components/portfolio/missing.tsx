import { Alert } from "@/components/ui/alert";

/** What is not known, in the words of the service that found it missing. */
export function Missing({ missing }: { missing: string[] }) {
  if (!missing.length) return null;
  return (
    <Alert tone="warn" title={missing.length === 1 ? "One thing is missing" : `${missing.length} things are missing`}>
      <ul className="mt-1 list-disc space-y-0.5 pl-4">
        {missing.map((text) => (
          <li key={text}>{text.charAt(0).toUpperCase() + text.slice(1)}</li>
        ))}
      </ul>
    </Alert>
  );
}
