import { expect, test } from "vitest";
import { claimOf, readFinding } from "./stored_finding";

const STORED = { topic: "t", claim: "It grew.", quote: "Sales grew.", title: "News", document_id: "doc_1", version_id: "doc_1@2", figure: null };
const TEXT = `It grew.\n\n${JSON.stringify(STORED, null, 1)}`;

test("a finding is read from its stored text", () => {
  expect(readFinding(TEXT)).toEqual(STORED);
  expect(claimOf(TEXT)).toBe("It grew.");
});

test.each(["no JSON", "claim\n\n{}", "claim\n\nnull", 'claim\n\n{"topic": 1}', ""])("%j is somebody else's", (text) => {
  expect(readFinding(text)).toBeNull();
});
