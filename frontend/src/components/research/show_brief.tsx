"use client";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { Alert } from "@/components/ui/alert";

/** Stands where a run has just ended, and brings the page anew, which then has the brief. */
export function ShowBrief() {
  const router = useRouter();
  useEffect(() => router.refresh(), [router]);
  return <Alert title="The brief is ready">It appears here in a moment.</Alert>;
}
