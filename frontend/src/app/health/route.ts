import { settings } from "@/lib/server/settings";
import { version } from "../../../package.json";

export const dynamic = "force-dynamic";

/** Alive; touches nothing. */
export function GET(): Response {
  return Response.json({ status: "ok", name: "frontend", version, git_sha: settings().gitSha });
}
