import { WrongSetting, settings } from "@/lib/server/settings";

/** Ends the process when a setting is wrong, and arranges for its end when standard input closes (`alex up`). */
export function checkStart(): void {
  try {
    settings();
  } catch (error) {
    if (!(error instanceof WrongSetting)) throw error;
    process.stderr.write(`frontend cannot start: ${error.message}\n`);
    process.exit(2);
  }
  if (["1", "true"].includes(process.env.ALEX_STOP_ON_STDIN_EOF ?? "")) {
    process.stdin.on("end", () => process.kill(process.pid, "SIGTERM")).resume();
  }
}
