import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { collaborators } from "../../src/cli/collaborators.js";
import { loadScenario } from "../../src/scenario/load.js";
import { columnOf, readParticleTable } from "../../src/table/particle-table.js";
import { measuredTableFile, measuredTableIsThere } from "../network/measured-particles.js";
import { smallNetwork } from "../scenario/small-network.js";
import { saidBy } from "./said.js";

const folder = mkdtempSync(join(tmpdir(), "synchrode-network-command-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (...parts: string[]) => join(folder, ...parts);
const text = (...parts: string[]) => readFileSync(at(...parts), "utf8");

/** The real solver, sent what Ctrl-C sends after some frames. */
function stopping(after: number): typeof collaborators {
  return {
    ...collaborators,
    start(scenario, from) {
      const simulation = collaborators.start(scenario, from);
      let frames = 0;
      return {
        ...simulation,
        advance() {
          if (frames++ === after) process.emit("SIGINT");
          return simulation.advance();
        },
      };
    },
  };
}

describe("a run of a network", () => {
  beforeAll(async () => {
    writeFileSync(at("small.yaml"), smallNetwork);
    const { status, err } = await saidBy(["run", at("small.yaml"), "--out", at("whole")]);
    expect(err).toContain("report.html");
    expect(status).toBe(0);
  }, 60_000);

  it("keeps the balances and writes particles with depth and surroundings, and no fields", () => {
    const summary = JSON.parse(text("whole", "summary.json"));
    expect(summary.cycles).toBe(3);
    for (const name of ["lithium", "charge"]) expect(summary.balances[name]).toBeLessThan(1e-8);
    const particles = readParticleTable(text("whole", "particles.csv"));
    const { packing } = loadScenario(at("small.yaml")).network!;
    expect(
      [...columnOf(particles, "z [um]")].map((z, i) => Math.abs(z - 1e6 * packing.centre[3 * i + 2]) < 1e-9),
    ).toEqual(new Array(12).fill(true));
    expect(particles.names).toEqual(
      expect.arrayContaining(["Coordination", "Packing density", "Bond order of six nearest"]),
    );
    expect(existsSync(at("whole", "fields"))).toBe(false);
    expect(text("whole", "manifest.json").length).toBeLessThan(10_000);
  });

  it("has rows of the particles in the first charge and at the ends of instructions", () => {
    const [head, ...series] = text("whole", "timeseries.csv").trim().split("\n");
    const [cycle, ended, verb] = ["Cycle", "Ended", "Verb"].map((name) => head.split(",").indexOf(name));
    const due = series.filter((row) => {
      const cells = row.split(",");
      return cells[ended] !== "" || (cells[cycle] === "1" && cells[verb] === "charge");
    });
    expect(text("whole", "particle_timeseries.csv").trim().split("\n")).toHaveLength(1 + 12 * due.length);
    expect(due.length).toBeLessThan(series.length);
  });

  it("reports without a mesh, and with how damage is spread", () => {
    const page = text("whole", "report.html");
    expect(page).toContain("a network of spheres");
    for (const figure of ["damage-histogram", "damage-against-coverage", "damage-against-depth", "damage-spread"])
      expect(page).toContain(`figure-${figure}`);
    expect(page).not.toContain('id="fields"');
    expect(page).not.toContain("Edge length at the surfaces");
  });

  it("goes on after Ctrl-C in the same bits", async () => {
    const words = ["run", at("small.yaml"), "--no-report", "--out", at("stopped")];
    expect((await saidBy(words, stopping(40))).status).toBe(1);
    expect((await saidBy([...words, "--resume"])).status).toBe(0);
    for (const file of ["timeseries.csv", "particle_timeseries.csv", "particles.csv"])
      expect(text("stopped", file)).toBe(text("whole", file));
  }, 60_000);

  it("is counted by check, and has no mesh to write", async () => {
    const { out } = await saidBy(["check", at("small.yaml"), "--json"]);
    expect(JSON.parse(out).cost.unknowns).toBe(JSON.parse(text("whole", "summary.json")).unknowns);
    expect((await saidBy(["check", at("small.yaml")])).out).toContain(
      "a network of 12 spheres at a solid fraction of 0.3",
    );
    const mesh = await saidBy(["mesh", at("small.yaml"), "--out", at("small.msh")]);
    expect(mesh).toMatchObject({ status: 2 });
    expect(mesh.err).toContain("fidelity fem");
    expect(existsSync(at("small.msh"))).toBe(false);
  });
});

describe("synchrode network", () => {
  it("writes a scenario with its table, which runs as it is read", async () => {
    const table =
      "x_um,y_um,z_um,r_eq_um,touches_edge,frac_free_faces_cbd\n10,10,5,5,False,0.6\n22,10,5,5,False,0.2\n10,24,17,6,True,0.5\n11,,17,6,False,0.5\n";
    writeFileSync(at("foreign.csv"), table);
    const { status, out } = await saidBy(["network", at("foreign.csv"), "--out", at("made.yaml"), "--json"]);
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      particles: 2,
      leftOut: [
        { reason: "cut by the edge of the picture", rows: 1 },
        { reason: "without a place or a radius", rows: 1 },
      ],
    });
    expect(text("made.yaml")).toMatch(/# Particles of foreign.csv, SHA-256 [0-9a-f]{64}/);
    expect(text("made.yaml")).toContain("2 of its 4 rows are used; left out: 1 cut by the edge");
    expect(text("made.yaml")).toContain("Overlaps");
    const { packing } = loadScenario(at("made.yaml")).network!;
    expect([...packing.coverage]).toEqual([0.6, 0.2]);
    const kept = await saidBy(["network", at("foreign.csv"), "--out", at("kept.yaml"), "--keep-edge", "--json"]);
    expect(JSON.parse(kept.out).particles).toBe(3);
  });

  it("takes the table of a simulation, and refuses what is no table", async () => {
    copyFileSync(at("whole", "particles.csv"), at("simulated.csv"));
    expect((await saidBy(["network", at("simulated.csv"), "--out", at("again.yaml")])).status).toBe(0);
    expect(loadScenario(at("again.yaml")).network!.packing.radius).toHaveLength(12);
    writeFileSync(at("words.csv"), "a,b\n1,2\n");
    const refused = await saidBy(["network", at("words.csv")]);
    expect(refused.status).toBe(2);
    expect(refused.err).toContain("no column x [um] or x_um");
  });

  it.skipIf(!measuredTableIsThere)(
    "takes the whole particles of a measured cathode (needs the measured data)",
    async () => {
      const { out } = await saidBy(["network", measuredTableFile!, "--out", at("nrel.yaml"), "--json"]);
      expect(JSON.parse(out)).toMatchObject({ particles: 1256, leftOut: [{ rows: 683 }] });
    },
  );
});
