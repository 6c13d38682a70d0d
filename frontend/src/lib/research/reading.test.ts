import { describe, expect, test } from "vitest";
import { documentPath, readPlace, trimSlice, versionOf } from "./reading";

const VERSION = "0123456789abcdef";

describe("the address of a document's page", () => {
  test("says version and passage, and is read again", () => {
    const path = documentPath("doc_1", { version: VERSION, passage: { start: 2_000, end: 2_100 } });
    expect(path).toBe(`/research/documents/doc_1?version=${VERSION}&start=2000&end=2100#passage`);
    expect(readPlace({ version: VERSION, start: "2000", end: "2100" })).toEqual({ version: VERSION, from: 500, passage: { start: 2_000, end: 2_100 } });
    expect(documentPath("doc_1")).toBe("/research/documents/doc_1");
  });

  test.each([
    ["a version that is none", { version: "../../runs" }],
    ["a span that ends before it begins", { start: "9", end: "3" }],
    ["no number", { start: "-1", end: "1e3", from: "x" }],
    ["several values", { start: ["1", "2"], end: "3" }],
  ])("%s is as nothing", (_, parameters) => {
    expect(readPlace(parameters)).toEqual({ version: undefined, from: 0, passage: null });
  });

  test("the version is what follows the document's id", () => {
    expect(versionOf(`doc_1@${VERSION}`)).toBe(VERSION);
  });
});

describe("a slice of a text", () => {
  const paragraphs = ["half a line\n", "first paragraph\n\n", "second paragraph\n\n", "half"];
  const slice = { text: paragraphs.join(""), start: 1_000, end: 1_000 + paragraphs.join("").length };

  test("begins and ends between paragraphs, and says where", () => {
    expect(trimSlice(slice, 9_999, null)).toEqual({ text: "first paragraph\n\nsecond paragraph\n", start: 1_012, end: 1_046 });
  });

  test("stays whole where the document begins and ends", () => {
    expect(trimSlice({ ...slice, start: 0, end: slice.text.length }, slice.text.length, null)).toMatchObject({ text: slice.text, start: 0 });
  });

  test("keeps the whole passage that is marked", () => {
    expect(trimSlice(slice, 9_999, { start: 1_002, end: 1_048 })).toEqual(slice);
  });

  test("ends at a line where no paragraph ends near", () => {
    const lines = { text: `a\n\n${"x".repeat(9_000)}\nhalf`, start: 0, end: 9_008 };
    expect(trimSlice(lines, 99_999, null)).toMatchObject({ text: lines.text.slice(0, -4), end: 9_004 });
  });

  test("is left as it is where no line ends", () => {
    const long = { text: "x".repeat(20_000), start: 5, end: 20_005 };
    expect(trimSlice(long, 99_999, null)).toEqual(long);
  });
});
