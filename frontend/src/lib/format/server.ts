import "server-only";
import { headers } from "next/headers";
import { type Format, chooseLocale, createFormat } from "./format";

/** Formatters in the locale that the visitor's browser asks for. */
export async function requestFormat(): Promise<Format> {
  return createFormat(chooseLocale((await headers()).get("accept-language")));
}
