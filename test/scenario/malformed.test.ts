import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { say } from "../cli/said.js";
import { malformed, right, wrongText } from "./malformed.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "synchrode-malformed-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function check(text: string | Uint8Array): Promise<{ status: number; said: string; file: string }> {
  const file = join(folder, "scenario.yaml");
  writeFileSync(file, text);
  return { ...(await checkFile(file)), file };
}

async function checkFile(file: string) {
  const { status, err } = await say("check", file);
  return { status, said: err };
}

describe("a scenario file that is wrong", () => {
  it("is not the right one", async () => {
    expect(await check(right)).toMatchObject({ status: 0, said: "" });
  });

  it.each(malformed)("is refused: $what", async (each) => {
    const { status, said, file } = await check(wrongText(each));
    expect(status).toBe(2);
    expect(said).toContain(each.at === undefined ? file : `${file}:${each.at}: `);
    for (const part of each.says) expect(said).toContain(part);
    expect(said).toContain("allowed: ");
    expect(said).not.toMatch(/^\s+at .*:\d+/m);
    expect(said.split("\n")).toHaveLength(1);
  });

  it("is refused before it is read when it is huge", async () => {
    const file = join(folder, "huge.yaml");
    writeFileSync(file, "title: huge\n");
    truncateSync(file, 100_000_000);
    const { status, said } = await checkFile(file);
    expect(status).toBe(2);
    expect(said).toContain("100000000 bytes");
  });

  it("is refused when its aliases unfold to billions", async () => {
    const levels = Array.from({ length: 9 }, (_, k) => `l${k + 1}: &l${k + 1} [${Array(9).fill(`*l${k}`).join(", ")}]`);
    const { status, said } = await check(`l0: &l0 lol\n${levels.join("\n")}\n${right}`);
    expect(status).toBe(2);
    expect(said).toContain("aliases");
  });

  it("is refused when it is a folder, or absent", async () => {
    expect(await checkFile(folder)).toMatchObject({ status: 2, said: expect.stringContaining("a folder") });
    expect(await checkFile(join(folder, "no.yaml"))).toMatchObject({
      status: 2,
      said: expect.stringContaining("no such file"),
    });
  });

  it("is told all its faults at once, in the order of the file", async () => {
    const { said } = await check(right.replace("radius: 5 um", "radius: 5").replace("kind: film", "kind: flim"));
    const lines = said.split("\n").map((line) => Number(/yaml:(\d+):/.exec(line)?.[1]));
    expect(lines).toEqual([4, 19]);
  });
});
