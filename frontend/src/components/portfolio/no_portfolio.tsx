import { FileUp } from "lucide-react";
import Link from "next/link";
import { TrySample } from "@/components/portfolio/try_sample";
import { buttonClasses } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/states";

/** What a page about a portfolio shows to somebody who has none yet. */
export function NoPortfolio() {
  return (
    <EmptyState
      icon={FileUp}
      title="No portfolio yet"
      action={
        <div className="flex flex-wrap justify-center gap-2">
          <Link className={buttonClasses("primary")} href="/import">
            Import a file
          </Link>
          <TrySample />
        </div>
      }
    >
      Import a file of your broker, or a CSV: you see what becomes of every row before anything is kept. From it come where you stand, whether it lasts in retirement, and a plan with its
      sources. To look around first, take a made-up portfolio.
    </EmptyState>
  );
}
