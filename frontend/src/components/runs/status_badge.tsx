import { Badge, type Tone } from "@/components/ui/badge";

const TONES: Record<string, Tone> = { completed: "good", partial: "warn", failed: "bad", cancelled: "plain", queued: "plain", running: "plain", waiting: "plain" };

export function StatusBadge({ status }: { status: string }) {
  return <Badge tone={TONES[status] ?? "plain"}>{status}</Badge>;
}
