import { Alert } from "@/components/ui/alert";
import { ErrorState } from "@/components/ui/states";
import type { ApiError } from "@/lib/api/errors";

const MOST_SHOWN = 20;

interface Problem {
  line: number;
  column: string | null;
  message: string;
}

/** Why a file cannot be read, line by line, and what can be done about it. */
export function Unreadable({ error, canMap }: { error: ApiError; canMap: boolean }) {
  const problems = Array.isArray(error.detail.problems) ? (error.detail.problems as Problem[]) : [];
  if (!problems.length) return <ErrorState what="The file" error={error} live />;
  const total = typeof error.detail.total === "number" ? error.detail.total : problems.length;
  const shown = problems.slice(0, MOST_SHOWN);
  return (
    <Alert tone={canMap ? "warn" : "bad"} title={canMap ? "This file cannot be read as it is" : "This file cannot be read"} live>
      <ul className="list-disc pl-4">
        {shown.map(({ line, column, message }) => (
          <li key={`${line} ${column} ${message}`}>
            Line {line}
            {column && `, column ${column}`}: {message.replace(/^line \d+: /, "")}
          </li>
        ))}
        {total > shown.length && <li>And {total - shown.length} more.</li>}
      </ul>
      <p className="mt-2">Nothing was kept. {canMap ? "Say below which column is which, or mend the file and choose it again." : "Mend the file and choose it again."}</p>
    </Alert>
  );
}
