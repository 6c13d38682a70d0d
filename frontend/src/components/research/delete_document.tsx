"use client";
import { useRouter } from "next/navigation";
import { ConfirmButton } from "@/components/ui/confirm_button";
import { callApi } from "@/lib/api/browser";

/** Removes a document for good, after a question. */
export function DeleteDocument({ id, title }: { id: string; title: string }) {
  const router = useRouter();
  return (
    <ConfirmButton
      label="Delete"
      title="Delete this document?"
      note={
        <>
          <strong className="font-semibold [overflow-wrap:anywhere]">{title}</strong> and all its versions are gone for good. Plans and briefs keep their quotes from it, but cannot show what stands
          around them any more.
        </>
      }
      confirm="Delete it"
      keep="Keep it"
      act={() => callApi("vector_store", `/documents/${encodeURIComponent(id)}`, { method: "DELETE" })}
      onDone={() => {
        router.push("/research/documents");
        router.refresh();
      }}
    />
  );
}
