import { describe, expect, it } from "vitest";
import { spaceOf } from "../../src/fem/assembly/assemble.js";
import { contactPoints } from "../../src/fem/assembly/contact-points.js";
import { planeStrain } from "../../src/fem/coordinates/coordinates.js";
import { thermalVoltage } from "../../src/fem/law/faraday.js";
import { constant } from "../../src/fem/law/stoichiometry-function.js";
import type { ParticleContact } from "../../src/fem/law/surface/surface.js";
import { type CathodeSpec, cathode } from "../../src/fem/model/cathode.js";
import { electrochemicalBulk } from "../../src/fem/model/electrochemical-bulk.js";
import { electrochemicalUnknowns } from "../../src/fem/model/electrochemical-unknowns.js";
import { electrochemistry } from "../../src/fem/model/electrochemistry.js";
import { newtonWorkspace, solveKept } from "../../src/fem/nonlinear/kept-newton.js";
import { bdf, history, restarted } from "../../src/fem/time/bdf.js";
import { cathodeSpec } from "../../src/study/simulation.js";
import { bareCathode, currentThrough } from "../../validation/bare-cathode.js";
import { bentConductivity } from "../../validation/manufactured/problems.js";
import { structuredMesh } from "../../validation/mesh/structured.js";
import { variant } from "../../validation/simulated-run.js";

/** Three disks on a coarse mesh, each covered differently. */
const disks = cathodeSpec(
  variant("three-particles", {
    solver: { mesh: { interfaceSize: "0.6 um", growth: 0.2, largestSize: "1.5 um" } },
    activeMaterial: { diffusivity: "5e-14 m^2/s" },
  }),
);
const whole = (): number => 1;

function contact(conduction: ParticleContact["conduction"], own: Partial<ParticleContact> = {}): ParticleContact {
  return { conduction, conductance: [300, 3], left: whole, ...own };
}

interface Solved {
  /** `[point]` A/m² */
  readonly reaction: Float64Array;
  readonly entering: Float64Array;
  readonly voltage: number;
  /** `[point]` V relative to the collector. */
  readonly inside: Float64Array;
  readonly outside: Float64Array;
  readonly stoichiometry: Float64Array;
  readonly points: ReturnType<typeof contactPoints>;
}

/** One step of ten seconds from rest. */
function charged(
  spec: CathodeSpec,
  own: Partial<CathodeSpec>,
  { damage = 0, tolerance = 1e-11 }: { readonly damage?: number; readonly tolerance?: number } = {},
): Solved {
  const used = { ...spec, ...own };
  const space = spaceOf(used.mesh, used.coordinates);
  const points = contactPoints(space);
  const electro = electrochemistry(space, points, {
    ...used,
    thermalVoltage: thermalVoltage(used.temperature),
    stressDrift: null,
  });
  const { lithiumCount, voltage, pointParticle, pointPotential, pointLithium } = electro.unknownsOf;
  const x = new Float64Array(electro.unknowns).fill(used.initialStoichiometry, 0, lithiumCount);
  x[voltage] = used.openCircuitPotential.value(used.initialStoichiometry);
  const from = restarted(history(electro.unknowns), x);
  electro.prepare({
    formula: bdf("bdf2", 10, null),
    history: from,
    control: { current: used.currentScale },
    damage: new Float64Array(points.count).fill(damage),
    currentScale: used.currentScale,
    current: electro.reaction.current,
  });
  const settings = { tolerance, maxIterations: 80, slow: 0.5, depth: 3 };
  const outcome = solveKept(electro, x, settings, newtonWorkspace(electro, 3));
  expect(outcome).toMatchObject({ ok: true });
  const at = (unknown: Int32Array): Float64Array => Float64Array.from(unknown, (u) => (u < 0 ? 0 : x[u]));
  const [level, above] = pointParticle.map(at);
  const [inside, outside] = [level.map((v, p) => v + above[p]), at(pointPotential)];
  const [best, worst] = used.contact?.conductance ?? [0, 0];
  const entering = inside.map(
    (phi, p) =>
      (used.contact?.left(damage) ?? 0) * (points.high[p] * best + (1 - points.high[p]) * worst) * (outside[p] - phi),
  );
  const reaction = electro.reaction.current;
  return { reaction, entering, voltage: x[voltage], inside, outside, stoichiometry: at(pointLithium), points };
}

const largest = (column: Float64Array): number => column.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** `[particle]` A */
function perParticle({ points }: Solved, column: Float64Array): number[] {
  const sums = new Array<number>(Math.max(...points.particle) + 1).fill(0);
  for (let p = 0; p < points.count; p++) sums[points.particle[p]] += points.weight[p] * column[p];
  return sums;
}

describe("electrons that pass contacts into particles", () => {
  it("are seen in the fields: one potential in an equipotential particle, below the carbon/binder's on charge", () => {
    const spec = { ...disks, contact: contact("equipotential") };
    const simulation = cathode(spec);
    simulation.advance();
    const { potential } = simulation.fields();
    const { mesh } = spec;
    const of = (region: number): number[] =>
      Array.from(mesh.region.keys())
        .filter((cell) => mesh.region[cell] === region)
        .flatMap((cell) => [0, 1, 2].map((a) => potential[mesh.cells[3 * cell + a]]));
    const inside = [0, 1, 2].map(of);
    for (const own of inside) expect(Math.max(...own) - Math.min(...own)).toBe(0);
    expect(new Set(inside.map(([phi]) => phi)).size).toBe(3);
    expect(Math.max(...inside.flat())).toBeLessThan(Math.min(...of(mesh.particles)));
  });

  it.each([
    ["none", contact("none")],
    ["equipotential", contact("equipotential")],
    ["σ_p", contact(constant(1e-2))],
    [
      "σ_p(s)",
      contact({
        value: (s) => 1e-2 * (2 - s) ** 2,
        derivative: (s) => -2e-2 * (2 - s),
        validity: [0, 1],
      }),
    ],
  ])("are as many as react in each particle: %s", (_, path) => {
    const solved = charged(disks, { contact: path }, { tolerance: 1e-13 });
    const [entered, reacted] = [perParticle(solved, solved.entering), perParticle(solved, solved.reaction)];
    const total = reacted.reduce((sum, current) => sum + current, 0);
    expect(Math.abs(total / disks.currentScale - 1)).toBeLessThan(1e-12);
    reacted.forEach((current, k) => {
      expect(Math.abs(entered[k] - current)).toBeLessThan(1e-12 * disks.currentScale);
    });
  });

  it("are shared out by the particle, which evens the reaction over its surface and not over particles", () => {
    const share = (path: ParticleContact | null) => {
      const solved = charged(disks, { contact: path });
      const mean = perParticle(solved, solved.reaction);
      const spread = (k: number): number => {
        const own = solved.reaction.filter((__, p) => solved.points.particle[p] === k);
        return (Math.max(...own) - Math.min(...own)) / Math.abs(mean[k]);
      };
      return { within: Math.max(...mean.map((__, k) => spread(k))), between: Math.max(...mean) / Math.min(...mean) };
    };
    const [places, together] = [share(contact("none")), share(contact("equipotential"))];
    expect(together.within).toBeLessThan(0.01 * places.within);
    expect(together.between).toBeGreaterThan(2);
  });

  it("are hindered by the contact as by a film where each place has its own", () => {
    const conductance = 40;
    const film = { filmResistance: () => 1 / conductance, activity: () => 1 };
    const own = charged(disks, { contact: contact("none", { conductance: [conductance, conductance] }) });
    const filmed = charged(disks, { contact: null, feedback: film });
    const bare = charged(disks, { contact: null });
    expect(Math.abs(own.voltage - filmed.voltage)).toBeLessThan(1e-11);
    expect(Math.abs(bare.voltage - filmed.voltage)).toBeGreaterThan(1e-3);
    own.reaction.forEach((current, p) => {
      expect(Math.abs(current - filmed.reaction[p])).toBeLessThan(1e-9 * largest(filmed.reaction));
    });
  });

  it("come as from the carbon/binder itself as contacts get better: first order in 1/g", () => {
    const bare = charged(disks, { contact: null });
    const errors = [1e5, 1e6, 1e7].map((g) => {
      const solved = charged(disks, { contact: contact("none", { conductance: [g, g] }) });
      return Math.abs(solved.voltage - bare.voltage);
    });
    for (const k of [1, 2]) expect(Math.abs(Math.log10(errors[k - 1] / errors[k]) - 1)).toBeLessThan(0.05);
  });

  it("spread as in an equipotential particle as it conducts better: first order in 1/σ_p", () => {
    const even = charged(disks, { contact: contact("equipotential") });
    const errors = [1, 10, 100].map((sigma) => {
      const { reaction } = charged(disks, { contact: contact(constant(sigma)) });
      return largest(reaction.map((current, p) => current - even.reaction[p]));
    });
    for (const k of [1, 2]) expect(Math.abs(Math.log10(errors[k - 1] / errors[k]) - 1)).toBeLessThan(0.05);
  });

  it("cost less voltage the better they spread, between equipotential particles and none (Rayleigh's monotonicity)", () => {
    const voltages = (["equipotential", constant(1e-1), constant(1e-3), constant(1e-5), "none"] as const).map(
      (conduction) => charged(disks, { contact: contact(conduction) }).voltage,
    );
    for (let k = 1; k < voltages.length; k++) expect(voltages[k]).toBeGreaterThan(voltages[k - 1] + 1e-9);
  });

  it("need no second class of carbon/binder to come unequally: coverage of 100 % is a uniform contact", () => {
    const all = { conductance: [300, 300] as const };
    const solved = charged({ ...disks, conductivity: [1e3, 1e3] }, { contact: contact("equipotential", all) });
    const mean = perParticle(solved, solved.reaction);
    for (const current of mean) expect(Math.abs(current / mean[0] - 1)).toBeLessThan(1e-4);
    const unequal = charged({ ...disks, conductivity: [1e3, 1e3] }, { contact: contact("equipotential") });
    const [a, b, c] = perParticle(unequal, unequal.reaction);
    expect(a).toBeGreaterThan(1.2 * b);
    expect(b).toBeGreaterThan(1.2 * c);
  });

  it("are lost with damage where the contact is", () => {
    const left = (damage: number): number => 1 - damage;
    const filmless = { feedback: { filmResistance: () => 0, activity: () => 1 } };
    const half = charged(disks, { contact: contact("equipotential", { left }), ...filmless }, { damage: 0.5 });
    const poorer = charged(disks, { contact: contact("equipotential", { conductance: [150, 1.5] }), ...filmless });
    const kept = charged(disks, { contact: contact("equipotential"), ...filmless }, { damage: 0.5 });
    expect(Math.abs(half.voltage - poorer.voltage)).toBeLessThan(1e-12);
    expect(half.voltage).toBeGreaterThan(kept.voltage + 1e-3);
  });

  it("do not couple lithium inside a particle that conducts alike at every s", () => {
    const space = spaceOf(disks.mesh, disks.coordinates);
    const points = contactPoints(space);
    const entries = [constant(1e-2), bentConductivity].map((conduction) => {
      const spec = { ...disks, contact: contact(conduction) };
      const unknowns = electrochemicalUnknowns(space.mesh, points, { ...spec, resolveElectrolyte: false, conduction });
      return electrochemicalBulk(space, spec, unknowns, true).matrix.column.length;
    });
    expect(entries[0]).toBeLessThan(0.8 * entries[1]);
  });

  it("reach the far side of a particle by Ohm's law in it, and leave it again by its other contact", () => {
    const [sigma, g, thickness] = [4e-4, 150, 3e-6];
    const mesh = structuredMesh({
      order: 1,
      towards: "right",
      length: 1e-6,
      columns: 1,
      layers: [
        { body: "high", thickness: 1e-6, rows: 2 },
        { body: "particle", thickness, rows: 8 },
        { body: "high", thickness: 1e-6, rows: 2 },
      ],
    });
    const strip = bareCathode(mesh, {
      coordinates: planeStrain,
      collector: "right",
      protocol: currentThrough([10], 1e-5),
      currentScale: 1e-5,
      conductivity: [0.1, 0.1],
    });
    const solved = charged(strip, { contact: contact(constant(sigma), { conductance: [g, g] }) });
    const { points, reaction, entering, inside, outside } = solved;
    const x = (p: number): number => mesh.nodes[2 * points.particleNode[p]];
    const far = [...points.weight.keys()].filter((p) => x(p) < 2e-6);
    const near = [...points.weight.keys()].filter((p) => x(p) > 2e-6);
    const [f, n] = [far[0], near[0]];
    // The carbon/binder behind takes no current: the reaction there draws on the particle alone.
    expect(Math.abs(entering[f])).toBeLessThan(1e-9 * Math.abs(entering[n]));
    expect(Math.abs(outside[f] - inside[f])).toBeLessThan(1e-12);
    expect(Math.abs(entering[n] - reaction[n] - reaction[f])).toBeLessThan(1e-10 * entering[n]);
    expect(Math.abs((inside[n] - inside[f]) / ((reaction[f] * thickness) / sigma) - 1)).toBeLessThan(1e-9);
    expect(Math.abs((outside[n] - inside[n]) / ((reaction[n] + reaction[f]) / g) - 1)).toBeLessThan(1e-9);
    expect(reaction[n]).toBeGreaterThan(1.05 * reaction[f]);
  });
});
