import { describe, expect, it } from "vitest";
import { bilinear } from "../../src/fem/law/cohesive/bilinear.js";
import { cycles } from "../../src/fem/law/fatigue/cycles.js";
import type { Checkpoint, Ending, Frame } from "../../src/fem/model/frame.js";
import { initialState, stepped } from "../../src/fem/model/run-state.js";
import { surfaceOf } from "../../src/network/graph/conduction-graph.js";
import { type NetworkSpec, network, prepareNetwork } from "../../src/network/model/network.js";
import { networkSpec, rowOf } from "./network-spec.js";

const packing = rowOf(2, [0.9, 0.5, 0.1]);
const whole = 9 * packing.radius.reduce((sum, r) => sum + surfaceOf(2, r), 0);

/** Charged, held and discharged, twice. */
const protocol: NetworkSpec["protocol"] = {
  repeat: 2,
  steps: [
    { verb: "charge", control: { current: whole }, until: { voltage: 4.2, time: 300 } },
    { verb: "hold", control: { voltage: 4.1 }, until: { current: whole / 5, time: 60 } },
    { verb: "discharge", control: { current: -whole }, until: { voltage: 3.4, time: 200 } },
  ],
};

/** A bond that lets go at what the first charge pulls, so that points soften while a run is left and taken up again. */
const weak = bilinear.law(
  {
    normalStrength: 25e6,
    shearStrength: 25e6,
    normalToughness: 3,
    shearToughness: 3,
    mixedMode: { kind: "benzeggagh-kenane", exponent: 2 },
  },
  1e16,
);

const byCycles = cycles.law({ perLoading: 0.5, exponent: 1, threshold: 0, referenceTraction: 3e7, shearWeight: 1 });

/** All frames, and what was kept after each that ended an instruction. */
function course(spec: NetworkSpec, from?: Checkpoint) {
  const simulation = network(spec, from);
  const frames: Frame[] = [];
  const checkpoints: Checkpoint[] = [];
  for (;;) {
    const next: Frame | Ending = simulation.advance();
    if (!("verb" in next)) return { frames, checkpoints, ending: next };
    frames.push(next);
    if (next.ended !== null) checkpoints.push(structuredClone(simulation.checkpoint()));
  }
}

describe("a network that goes on from a checkpoint", () => {
  it.each<[string, Partial<NetworkSpec>]>([
    ["fatigue and film", {}],
    ["ways lost with damage, electrolyte by depth", { contactLoss: 0.9, electrolyteConductivity: 0.3 }],
    ["points that soften", { cohesive: weak }],
    ["damage by cycles", { fatigue: byCycles }],
  ])("gives the same frames in every bit: %s", (_, own) => {
    const spec = networkSpec(packing, { protocol, currentScale: whole, ...own });
    const all = course(spec);
    expect(all.ending).toEqual({ ok: true });
    expect(all.frames[all.frames.length - 1].particles.damage[0]).toBeGreaterThan(0.05);
    all.checkpoints.forEach((checkpoint) => {
      const rest = course(spec, checkpoint);
      expect(rest.ending).toEqual(all.ending);
      expect(rest.frames).toEqual(all.frames.slice(checkpoint.numbers.step));
    });
  });
});

describe("an attempt of a network without a kept factor", () => {
  it.each([2, 12])("after %i steps depends on its state alone, whatever was tried between", (steps) => {
    const spec = networkSpec(packing, { protocol, currentScale: whole, cohesive: weak });
    const model = prepareNetwork({ ...spec, time: { ...spec.time, tolerance: 1 } });
    const control = { current: whole };
    const solved = (...asked: Parameters<typeof model.attempt>) => {
      model.electrochemistry.forget();
      const trial = model.attempt(...asked);
      if (!trial.ok) throw new Error(trial.reason);
      return trial;
    };
    let state = initialState(model);
    for (let k = 0; k < steps; k++) {
      const trial = solved(state, 4, control);
      state = stepped(state, 4, { ...trial, ledger: state.ledger, stress: null });
    }
    const once = structuredClone(solved(state, 4, control));
    solved(state, 1, { current: -whole / 2 });
    expect(structuredClone(solved(state, 4, control))).toEqual(once);
  });
});
