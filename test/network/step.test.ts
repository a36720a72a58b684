import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { FARADAY } from "../../src/fem/law/faraday.js";
import { multiply } from "../../src/fem/linear/csr.js";
import type { Trial } from "../../src/fem/model/attempt.js";
import type { Control } from "../../src/fem/model/electrochemistry.js";
import { initialState } from "../../src/fem/model/run-state.js";
import { laplacian } from "../../src/network/graph/laplacian.js";
import { electrolyteProfile } from "../../src/network/model/electrolyte-profile.js";
import { type NetworkSpec, networkParts, prepareNetwork } from "../../src/network/model/network.js";
import { patchShape } from "../../src/network/model/patch-shape.js";
import { simulatedRun, variant } from "../../validation/simulated-run.js";
import { columnOf, networkSpec } from "./network-spec.js";

const thermalVoltage = 0.025692579;

/** The worst that a solved first step of h s, from rest, leaves of each law. */
function leftOf(spec: NetworkSpec, trial: Trial & { ok: true }, h: number, damage: Float64Array) {
  const { packing } = spec;
  const { graph, points } = networkParts(spec);
  const model = prepareNetwork(spec);
  const { meanSurface, differenceSurface, local, potential, voltage } = model.electrochemistry.unknownsOf;
  const { lever } = patchShape(points.share);
  const { x } = trial;
  const { current } = trial.contact;
  const patches = points.share.length;
  const patchCurrent = new Float64Array(patches);
  current.forEach((i, p) => {
    patchCurrent[Math.floor(p / points.each)] += points.weight[p] * i;
  });
  const ionic = new Float64Array(packing.radius.length);
  if (spec.electrolyteConductivity !== null)
    electrolyteProfile(packing, spec.electrolyteConductivity).potentials(patchCurrent, ionic);
  let volts = 0;
  current.forEach((i, p) => {
    // A patch without surface has no reaction.
    if (points.weight[p] === 0) return;
    const a = Math.floor(p / points.each);
    const k = a >> 1;
    const s = x[meanSurface + k] + lever[a] * x[differenceSurface + k] + x[local + p];
    const left = spec.exchangeCurrent.value(s) * spec.feedback.activity(damage[p]);
    const over = spec.feedback.filmResistance(damage[p]) * i + 2 * thermalVoltage * Math.asinh(i / (2 * left));
    const drive = x[potential + a] + x[voltage] - ionic[k] - spec.openCircuitPotential.value(s);
    volts = Math.max(volts, Math.abs(drive - over));
  });
  // Local lithium, implicit Euler from none: (1 + τ/h) l = −G (i − ī).
  const diffusivity = spec.diffusivity.value(spec.initialStoichiometry);
  let [deviation, scale] = [0, 0];
  current.forEach((i, p) => {
    if (points.weight[p] === 0) return;
    const a = Math.floor(p / points.each);
    const radius = packing.radius[a >> 1];
    const delay = radius ** 2 / (diffusivity * 3.0542369 ** 2);
    const gain = radius / (2 * FARADAY * spec.maximumConcentration * diffusivity);
    const mean = patchCurrent[a] / (points.weight[p] * points.each);
    deviation = Math.max(deviation, Math.abs((1 + delay / h) * x[local + p] + gain * (i - mean)));
    scale = Math.max(scale, Math.abs(gain * (i - mean)));
  });
  const nodal = new Float64Array(graph.nodes);
  for (let a = 0; a < patches; a++) nodal[a] = x[potential + a];
  const carried = new Float64Array(graph.nodes);
  multiply(laplacian(graph), nodal, carried);
  const whole = patchCurrent.reduce((sum, i) => sum + i, 0);
  let charge = Math.abs(carried[graph.collector] - whole);
  for (let a = 0; a < patches; a++) charge = Math.max(charge, Math.abs(carried[a] + patchCurrent[a]));
  return {
    volts,
    charge: charge / Math.abs(whole),
    deviation: deviation / scale,
    whole,
    spread: Math.max(...ionic) - Math.min(...ionic),
  };
}

describe("a step of a network", () => {
  const packing = columnOf([0.8, 0.3, 1]);
  const current = 9 * 3 * 2 * Math.PI * 5e-6;

  it.each<[string, number | null, Control]>([
    ["a current, uniform electrolyte", null, { current }],
    ["a current, ohmic electrolyte", 0.1, { current }],
    ["a held voltage, uniform electrolyte", null, { voltage: 3.9 }],
    ["a held voltage, ohmic electrolyte", 0.1, { voltage: 3.9 }],
  ])("obeys every law at every point: %s", (_, electrolyteConductivity, control) => {
    const spec = networkSpec(packing, { electrolyteConductivity, currentScale: current, conductivity: [1, 0.05] });
    const model = prepareNetwork(spec);
    const state = initialState(model);
    // Points of a patch differ by their damage, and so in current and lithium.
    const damage = state.contact.damage;
    damage.forEach((_, p) => {
      damage[p] = 0.2 + 0.1 * (p % spec.resolution.points);
    });
    const trial = model.attempt(state, 0.5, control);
    if (!trial.ok) throw new Error(trial.reason);
    const { volts, charge, deviation, whole, spread } = leftOf(spec, trial, 0.5, damage);
    expect(deviation).toBeLessThan(1e-9);
    expect(volts).toBeLessThan(1e-7);
    expect(charge).toBeLessThan(1e-10);
    if ("current" in control) expect(Math.abs(whole / current - 1)).toBeLessThan(1e-12);
    else expect(Math.abs(trial.x[model.electrochemistry.unknownsOf.voltage] - 3.9)).toBeLessThan(1e-12);
    expect(spread > 1e-3).toBe(electrolyteConductivity !== null);
    expect(trial.iterations[0]).toBeLessThan(8);
  });
});

describe("a network whose charges and discharges end by voltage", () => {
  it.each([
    ["cccv", { kind: "uniform" }],
    ["cccv", { kind: "ohmic", conductivity: "0.1 S/m" }],
    ["cutoff-cycling", { kind: "ohmic", conductivity: "0.1 S/m" }],
  ])("runs to its end: %s, %o", (scenario, electrolyte) => {
    const { protocol } = parse(readFileSync(`scenarios/${scenario}.yaml`, "utf8")) as { protocol: object };
    const changes = { fidelity: "network", electrolyte, protocol: { ...protocol, repeat: 5 } };
    const run = simulatedRun(variant("three-particles", changes));
    expect(run.stopped).toBeNull();
    expect(run.ends.length).toBeGreaterThanOrEqual(5);
  });
});
