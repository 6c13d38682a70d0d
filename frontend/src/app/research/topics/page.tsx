import type { Metadata } from "next";
import { FollowForm } from "@/components/research/follow_form";
import { TopicList } from "@/components/research/topic_list";
import { PageHeader } from "@/components/shell/page_header";
import { ErrorState } from "@/components/ui/states";
import { loadTopics } from "@/lib/api/researcher";

export const metadata: Metadata = { title: "Followed topics" };

export default async function TopicsPage() {
  const topics = await loadTopics();
  return (
    <>
      <PageHeader
        title="Followed topics"
        note={
          <>
            In AWS a schedule runs once a day what is due. On your own machine you do: here, or all at once with <code>alex research --due</code>.
          </>
        }
      />
      <div className="space-y-4">
        {topics.ok ? <TopicList topics={topics.data.topics} /> : <ErrorState what="The followed topics" error={topics.error} />}
        <FollowForm />
      </div>
    </>
  );
}
