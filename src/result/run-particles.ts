import { join } from "node:path";
import { FARADAY } from "../fem/law/faraday.js";
import type { Simulation } from "../fem/model/frame.js";
import { writeAtomically } from "../folder/atomic-file.js";
import { neighbourhood, surroundingsColumns } from "../network/neighbours/attributes.js";
import type { NetworkChoice, Scenario } from "../scenario/scenario.js";
import { type ParticleColumn, particleTable, writeParticleTable } from "../table/particle-table.js";
import { coulombPerMilliampereHour } from "./clock.js";
import type { CrackValue, ParticleValue } from "./particle-timeseries.js";
import { runFiles } from "./result-files.js";
import { type Steps, valuesAt } from "./steps.js";

/** `particles.csv`: the state after the last step, with the charge that passed through each particle in both directions. */
export function writeParticles(
  folder: string,
  scenario: Scenario,
  simulation: Pick<Simulation, "coverage">,
  steps: Steps,
): void {
  const { particles } = scenario.geometry;
  const last = steps.kept.indexOf(steps.values.damage.length / steps.particles - 1);
  const atEnd = (of: ParticleValue | CrackValue, otherwise: number) => {
    const values = valuesAt(steps, of, last);
    return each((k) => values?.[k] ?? otherwise);
  };
  const each = (value: (k: number) => number) => particles.map((_, k) => value(k));
  const passed = chargePassed(scenario, steps);
  const columns: Record<ParticleColumn, readonly number[]> = {
    Particle: each((k) => k + 1),
    "x [um]": each((k) => particles[k].x * 1e6),
    "y [um]": each((k) => particles[k].y * 1e6),
    "z [um]": each((k) => (particles[k].z ?? 0) * 1e6),
    "Particle radius [um]": each((k) => particles[k].radius * 1e6),
    "Nominal coverage": scenario.nominalCoverage,
    Coverage: each((k) => simulation.coverage[k]),
    "Interface damage": atEnd("damage", 0),
    "Largest interface damage": atEnd("largestDamage", 0),
    "Mean stoichiometry": atEnd("meanStoichiometry", scenario.activeMaterial.initialStoichiometry),
    "Charge passed [mAh/cm3]": passed,
  };
  const around = scenario.network ? networkColumns(scenario.network) : {};
  const cracks = scenario.cracks ? { "Crack share": atEnd("crackShare", 0) } : {};
  const table = particleTable({ ...columns, ...cracks, ...around });
  writeAtomically(join(folder, runFiles.particles), writeParticleTable(table));
}

/** Where each particle's patch of well-conducting carbon/binder lies (unit vector to its middle), and what surrounds it. */
function networkColumns({ packing }: NetworkChoice): Record<string, Float64Array> {
  const towards = (axis: number) => packing.radius.map((_, k) => packing.patch[3 * k + axis]);
  return {
    "Patch direction x": towards(0),
    "Patch direction y": towards(1),
    "Patch direction z": towards(2),
    ...surroundingsColumns(neighbourhood(packing).particle),
  };
}

/** By particle, mAh per cm³ of particle: the sum of |Δs| over the steps that have rows, times F c_max. */
function chargePassed({ activeMaterial, geometry }: Scenario, { kept, values }: Steps): number[] {
  const { maximumConcentration, initialStoichiometry } = activeMaterial;
  const scale = (FARADAY * maximumConcentration) / coulombPerMilliampereHour;
  const particles = geometry.particles.length;
  const { meanStoichiometry } = values;
  return geometry.particles.map((_, k) => {
    let [moved, before] = [0, initialStoichiometry];
    for (const at of kept) {
      if (at < 0) continue;
      const s = meanStoichiometry[at * particles + k];
      moved += Math.abs(s - before);
      before = s;
    }
    return moved * scale;
  });
}
