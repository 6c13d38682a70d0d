"use client";
import { useEffect } from "react";
import { rememberChoice } from "@/lib/choices";
import { noteVisit } from "@/lib/research/visits";

/** Notes that the reader is here, so that the next visit knows since when to tell what changed. */
export function VisitKeeper({ cookie }: { cookie: string | undefined }) {
  useEffect(() => rememberChoice("visits", noteVisit(cookie)), [cookie]);
  return null;
}
