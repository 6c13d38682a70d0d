import { FileUp } from "lucide-react";
import Link from "next/link";
import { buttonClasses } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/states";

/** What a page about a portfolio shows to somebody who has none yet. */
export function NoPortfolio() {
  return (
    <EmptyState
      icon={FileUp}
      title="No portfolio yet"
      action={
        <Link className={buttonClasses("primary")} href="/import">
          Import a file
        </Link>
      }
    >
      Import a file of your broker, or a CSV. You see what becomes of every row before anything is kept, and nothing leaves this machine.
    </EmptyState>
  );
}
