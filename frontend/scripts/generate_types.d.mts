export const SERVICES: Record<string, string>;
export function typesFile(service: string): URL;
export function renderTypes(service: string): Promise<string>;
