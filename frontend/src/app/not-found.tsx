import { SearchX } from "lucide-react";
import Link from "next/link";
import { buttonClasses } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/states";

export default function NotFound() {
  return (
    <EmptyState icon={SearchX} title="There is nothing at this address" action={<Link className={buttonClasses("primary")} href="/">Go to the overview</Link>}>
      The address may be mistyped, or what it showed was removed.
    </EmptyState>
  );
}
