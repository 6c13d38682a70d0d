// Puts the static files beside the standalone server, which then serves them itself; Next.js leaves that to its users.
import { cp } from "node:fs/promises";

await cp(".next/static", ".next/standalone/.next/static", { recursive: true });
