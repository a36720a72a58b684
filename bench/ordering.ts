/**
 * Analysis and fill of the sparse direct solver against METIS and CHOLMOD:
 *   npx tsx bench/ordering.ts            (Debian: apt-get install gcc libmetis-dev libsuitesparse-dev)
 * Each matrix in a process of its own: our first analysis there, as a run begins, and the least of five more.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spaceOf } from "../src/fem/assembly/assemble.js";
import { contactPoints } from "../src/fem/assembly/contact-points.js";
import { contactCells } from "../src/fem/assembly/contact-term.js";
import { elastic } from "../src/fem/assembly/forms.js";
import type { Csr } from "../src/fem/linear/csr.js";
import { directSolver } from "../src/fem/linear/direct.js";
import { elementPattern } from "../src/fem/linear/pattern.js";
import { meshCircles } from "../src/fem/mesh/triangulation.js";
import { elasticBody, solidUnknowns } from "../src/fem/model/elastic-body.js";
import { electrochemicalBulk } from "../src/fem/model/electrochemical-bulk.js";
import { electrochemicalUnknowns } from "../src/fem/model/electrochemical-unknowns.js";
import { tractionCoupling } from "../src/fem/model/traction.js";
import { cathodeSpec } from "../src/study/simulation.js";
import { elasticityMatrix, laplaceMatrix } from "../test/linear/model-matrices.js";
import { variant } from "../validation/simulated-run.js";

interface Case {
  readonly pattern: Csr;
  /** `[unknown][axis]` */
  readonly points: Float64Array;
  readonly last?: readonly number[];
}

/** Entries of L exactly and as stored, and processor seconds. */
interface Analysed {
  readonly method: string;
  readonly seconds: number;
  readonly exact: number;
  readonly stored: number;
}

const cases: Readonly<Record<string, () => Case>> = {
  "three-particles, mechanics": shippedMechanics,
  "three-particles, electrochemistry": shippedElectrochemistry,
  "Poisson 300 × 300": () => laplaceMatrix(300, 0),
  "Poisson 300 × 300, moved about": () => laplaceMatrix(300, 0.3),
  "elasticity 220 × 220": () => elasticityMatrix(220, 0.3),
  "cube of 28³ points": () => cube(28),
};

function shipped() {
  const scenario = variant("three-particles");
  const spec = cathodeSpec(scenario);
  const space = spaceOf(meshCircles(scenario.geometry, scenario.solver.mesh), spec.coordinates);
  return { spec, space, points: contactPoints(space) };
}

function shippedMechanics(): Case {
  const { spec, space, points } = shipped();
  const unknowns = solidUnknowns(space, spec.sides);
  const contact = contactCells(tractionCoupling(points, unknowns.displacement));
  const { matrix, place } = elasticBody(space, () => elastic(1, 0.3), unknowns, contact);
  return { pattern: matrix, points: place, last: unknowns.axial ? [unknowns.axial.unknown] : [] };
}

function shippedElectrochemistry(): Case {
  const { spec, space, points } = shipped();
  const unknowns = electrochemicalUnknowns(space.mesh, points, {
    ...spec,
    resolveElectrolyte: spec.electrolyteConductivity !== null,
    conduction: spec.contact?.conduction ?? null,
  });
  return {
    pattern: electrochemicalBulk(space, spec, unknowns, true).matrix,
    points: unknowns.place,
    last: unknowns.shared,
  };
}

/** Linear tetrahedra, six to a cell, on a cube of `side`³ points. */
function cube(side: number): Case {
  const cells: number[] = [];
  const paths = [
    [0, 1, 3, 7],
    [0, 1, 5, 7],
    [0, 2, 3, 7],
    [0, 2, 6, 7],
    [0, 4, 5, 7],
    [0, 4, 6, 7],
  ];
  const at = (i: number, corner: number): number =>
    i + (corner & 1) + side * ((corner >> 1) & 1) + side * side * (corner >> 2);
  const inside = (i: number): boolean =>
    i % side < side - 1 && Math.floor(i / side) % side < side - 1 && i < side * side * (side - 1);
  for (let i = 0; i < side ** 3; i++) {
    if (inside(i)) for (const path of paths) cells.push(...path.map((corner) => at(i, corner)));
  }
  const points = Float64Array.from({ length: 3 * side ** 3 }, (_, k) => {
    return Math.floor(Math.floor(k / 3) / side ** (k % 3)) % side;
  });
  return { pattern: elementPattern(side ** 3, Int32Array.from(cells), 4), points };
}

function seconds(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

function ours({ pattern, points, last = [] }: Case): readonly Analysed[] {
  let sizes = { exact: 0, stored: 0 };
  const analyse = (): void => {
    const solver = directSolver(pattern, { kind: "ldlt", points, last });
    sizes = { exact: solver.leastEntries, stored: solver.factorEntries };
  };
  const first = seconds(analyse);
  const later = Math.min(...Array.from({ length: 5 }, () => seconds(analyse)));
  return [
    { method: "ours, first", seconds: first, ...sizes },
    { method: "ours, later", seconds: later, ...sizes },
  ];
}

function theirs(program: string, folder: string, { pattern }: Case): readonly Analysed[] {
  const file = join(folder, "pattern");
  writeFileSync(
    file,
    Buffer.concat(
      [Int32Array.of(pattern.rows, pattern.column.length), pattern.rowStart, pattern.column].map((part) =>
        Buffer.from(part.buffer, part.byteOffset, part.byteLength),
      ),
    ),
  );
  return execFileSync(program, [file], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map((line) => {
      const [method, ...numbers] = line.split(" ");
      const [taken, exact, stored] = numbers.map(Number);
      return { method, seconds: taken, exact, stored };
    });
}

/** The compiled `ordering.c`, or why there is none. */
function compiled(folder: string): { program: string } | { missing: string } {
  const program = join(folder, "ordering");
  const source = join(import.meta.dirname, "ordering.c");
  try {
    execFileSync("cc", ["-O2", "-o", program, source, "-lcholmod", "-lmetis", "-lm"], { stdio: "pipe" });
    return { program };
  } catch (error) {
    return { missing: String(error).split("\n")[1] ?? String(error) };
  }
}

function report(name: string): void {
  const folder = mkdtempSync(join(tmpdir(), "synchrode-ordering-"));
  try {
    const matrix = cases[name]();
    const built = compiled(folder);
    const rows = [...ours(matrix), ...("program" in built ? theirs(built.program, folder, matrix) : [])];
    for (const { method, seconds, exact, stored } of rows) {
      const sizes = [exact, stored].map((entries) => (entries / 1e3).toFixed(0)).join(" | ");
      console.log(`| ${name} | ${matrix.pattern.rows} | ${method} | ${seconds.toFixed(3)} | ${sizes} |`);
    }
    if ("missing" in built) console.log(`METIS and CHOLMOD skipped: ${built.missing}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const [chosen] = process.argv.slice(2);
if (chosen === undefined) {
  console.log(
    "| matrix | unknowns | method | analysis, s | entries of L, thousand | stored |\n|---|---|---|---|---|---|",
  );
  for (const name of Object.keys(cases)) {
    execFileSync(process.execPath, [...process.execArgv, import.meta.filename, name], { stdio: "inherit" });
  }
} else report(chosen);
