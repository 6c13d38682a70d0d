/** Runs once when the server starts: wrong settings stop it, and so does the end of its standard input when asked for. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { checkStart } = await import("@/lib/server/start");
  checkStart();
}
