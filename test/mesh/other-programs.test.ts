import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { inUnit, withConductorCells } from "../../src/fem/mesh/exported-mesh.js";
import type { Geometry } from "../../src/fem/mesh/geometry.js";
import type { Mesh } from "../../src/fem/mesh/mesh.js";
import { type MshVersion, mshVersions, writeMsh } from "../../src/fem/mesh/msh.js";
import { regionAreas } from "../../src/fem/mesh/quality.js";
import { meshCircles } from "../../src/fem/mesh/triangulation.js";
import { row, settings, sphere } from "./geometries.js";

const electrodes = { collector: "bottom", separator: "top" } as const;
/** Where Debian keeps the plugins of FreeFEM. */
const plugins = "/usr/lib/freefem++";
const isThere = (program: string) => spawnSync(program, ["--version"]).error === undefined;
const folder = mkdtempSync(join(tmpdir(), "synchrode-other-programs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, mesh: Mesh, kind: Geometry["kind"], version: MshVersion): string {
  const file = join(folder, `${name}.msh`);
  writeFileSync(file, writeMsh(mesh, electrodes, kind, version));
  return file;
}

describe.skipIf(!isThere("gmsh"))("a mesh in Gmsh (needs gmsh)", () => {
  it.each(mshVersions.flatMap((version) => ([1, 2] as const).map((order) => ({ version, order }))))(
    "version $version of order $order: no fault but the second node and face of every place on the interface",
    ({ version, order }) => {
      const mesh = inUnit(meshCircles(row, settings({ order })), "um");
      const file = write(`gmsh-${version}-${order}`, mesh, "plane", version);
      const { stdout, stderr } = spawnSync("gmsh", ["-check", file], { encoding: "utf8", cwd: folder });
      const faults = `${stdout}${stderr}`.split("\n").filter((line) => /^Error/.test(line));
      expect(faults.map((line) => Number(/(\d+) duplicate/.exec(line)?.[1]))).toEqual([
        new Set(mesh.contact.particleNodes).size,
        mesh.contact.particle.length,
      ]);
    },
  );
});

describe.skipIf(!isThere("FreeFem++") || !existsSync(join(plugins, "gmsh.so")))(
  "a mesh in FreeFEM (needs FreeFem++ and its plugin for gmsh)",
  () => {
    it.each([
      { name: "disks", geometry: row, split: false },
      { name: "conductor", geometry: row, split: true },
      { name: "sphere", geometry: sphere, split: false },
    ])("$name: nodes, cells and the area of every region", ({ name, geometry, split }) => {
      const whole = meshCircles(geometry, settings());
      const mesh = inUnit(split ? withConductorCells(whole) : whole, "um");
      const file = write(name, mesh, geometry.kind, "2.2");
      const regions = Array.from({ length: mesh.particles + 2 }, (_, region) => region + 1);
      const script = join(folder, `${name}.edp`);
      const sums = regions.map((region) => `<< " " << int2d(Th, ${region})(1.)`).join(" ");
      writeFileSync(
        script,
        `load "gmsh"\nmesh Th = gmshload("${file}");\ncout.precision(15);\ncout << "FOUND " << Th.nv << " " << Th.nt ${sums} << endl;\n`,
      );
      const said = execFileSync("FreeFem++", ["-nw", "-ne", script], {
        encoding: "utf8",
        env: { ...process.env, FF_LOADPATH: plugins },
      });
      const [nodes, cells, ...areas] = (/^FOUND (.*)$/m.exec(said)?.[1] ?? "").trim().split(/\s+/).map(Number);
      expect([nodes, cells]).toEqual([mesh.nodes.length / 2, mesh.region.length]);
      const due = regionAreas(mesh);
      expect(areas.length).toBe(due.length);
      for (const [region, area] of areas.entries()) expect(Math.abs(area / due[region] - 1)).toBeLessThan(1e-12);
    });
  },
);
