import { describe, expect, it } from "vitest";
import { drawnLines } from "../../src/table/drawn-lines.js";
import { particleTable, particleTableText, writeParticleTable } from "../../src/table/particle-table.js";
import { scratchFolder } from "../scratch-folder.js";

const { written } = scratchFolder();

describe("tables too long for one text", () => {
  const rows = 60_000;
  const numbers = (factor: number) => Float64Array.from({ length: rows }, (_, k) => (k + 1) * factor);
  const table = particleTable({ Particle: numbers(1), "x [um]": numbers(1 / 3), "y [um]": numbers(1 / 7) });

  it("are written in pieces that make the same text", () => {
    const pieces = [...particleTableText(table)];
    expect(pieces.length).toBeGreaterThan(1);
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(2 ** 20 + 200);
    expect(pieces.join("")).toBe(writeParticleTable(table));
    expect(pieces.join("").split("\n")).toHaveLength(rows + 2);
  });

  it("are read by lines drawn at random, whole ones in their order", () => {
    const lines = Array.from({ length: 400_000 }, (_, k) => `${k + 1},${k % 7},a row of some length`);
    const path = written("long.csv", `Particle,Seven,Word\n${lines.join("\n")}`);
    const { text, rows: all, drawn } = drawnLines(path, 1000);
    expect([all, drawn]).toEqual([400_000, 1000]);
    const [head, ...kept] = text.trimEnd().split("\n");
    expect(head).toBe("Particle,Seven,Word");
    const places = kept.map((line) => Number.parseInt(line, 10));
    expect(kept).toEqual(places.map((k) => lines[k - 1]));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    const mean = places.reduce((sum, k) => sum + k, 0) / 1000;
    expect(Math.abs(mean - 200_000)).toBeLessThan(20_000);
    expect(drawnLines(written("short.csv", "a,b\n1,2\n3,4\n"), 10)).toEqual({
      text: "a,b\n1,2\n3,4\n",
      rows: 2,
      drawn: 2,
    });
  });
});
