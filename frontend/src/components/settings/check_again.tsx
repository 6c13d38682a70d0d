"use client";
import { RotateCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { LocalTime } from "@/lib/format/client";

/** Asks all services anew, and says what came of it. */
export function CheckAgain({ checkedAt, problems }: { checkedAt: string; problems: number }) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const found = problems === 0 ? "all is well" : problems === 1 ? "1 problem" : `${problems} problems`;
  return (
    <div className="flex flex-wrap items-center gap-3">
      <span role="status" className="text-muted text-[13px]">{pending ? "Checking …" : <>Checked <LocalTime iso={checkedAt} seconds />: {found}</>}</span>
      <Button disabled={pending} onClick={() => startTransition(() => router.refresh())}>
        <RotateCw aria-hidden className="size-4" />
        Check again
      </Button>
    </div>
  );
}
