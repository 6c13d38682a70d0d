// Writes the TypeScript types of the services from their committed openapi.json, one file a service.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";

const repository = new URL("../../", import.meta.url);

/** Each service that the page talks to, and where its description is in the repository. */
export const SERVICES = {
  planner: "services/planner/openapi.json",
  researcher: "services/researcher/openapi.json",
  vector_store: "mcp_servers/vector_store/openapi.json",
};

/** Returns the file of types that belongs to a service. */
export function typesFile(service) {
  return new URL(`../src/lib/api/types/${service}.ts`, import.meta.url);
}

/** Returns the text of the types of a service. */
export async function renderTypes(service) {
  const description = JSON.parse(await readFile(new URL(SERVICES[service], repository), "utf-8"));
  const types = astToString(await openapiTS(description, { alphabetize: true, defaultNonNullable: true }));
  return `// Made from ${SERVICES[service]} by "npm run generate"; not to be edited.\n${types}`;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await mkdir(fileURLToPath(new URL(".", typesFile("any"))), { recursive: true });
  for (const service of Object.keys(SERVICES)) await writeFile(typesFile(service), await renderTypes(service));
}
