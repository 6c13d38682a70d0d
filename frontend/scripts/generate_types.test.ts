import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { SERVICES, renderTypes, typesFile } from "./generate_types.mjs";

test.each(Object.keys(SERVICES))("the types of the %s are those of its openapi.json", async (service) => {
  const committed = await readFile(typesFile(service), "utf-8");
  expect(committed, 'run "npm run generate"').toBe(await renderTypes(service));
});
