"use client";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";

/** What a page shows that broke by itself; pages show the errors of services where their data would be. */
export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <div className="space-y-4">
      <Alert tone="bad" title="This page broke" live>
        Nothing that is stored was changed. Try again; if it stays so, the log of the page has the reason{error.digest ? ` (${error.digest})` : ""}.
      </Alert>
      <Button look="primary" onClick={reset}>
        Try again
      </Button>
    </div>
  );
}
