import { regimeOf } from "../src/inference/regime.js";
import type { Synchronisation } from "../src/inference/synchronisation.js";
import { type Changes, simulatedRun, variant } from "./simulated-run.js";
import type { ValidationCase } from "./validation-case.js";
import { atMost } from "./verdicts.js";

/** Points of the map: k_N, feedback, strain and upper limit. */
const points = [
  [1, { kind: "film", resistance: "0.03 ohm m^2" }, "twoSlope", "4.3 V"],
  [1, { kind: "film", resistance: "0.1 ohm m^2" }, "twoSlope", "4.3 V"],
  [0.1, { kind: "film", resistance: "0.03 ohm m^2" }, "twoSlope", "4.3 V"],
  [3, { kind: "film", resistance: "0.01 ohm m^2" }, "twoSlope", "4.3 V"],
  [0.3, { kind: "film", resistance: "0.1 ohm m^2" }, "linear", "4.3 V"],
  [1, { kind: "film", resistance: "0.03 ohm m^2" }, "twoSlope", "4.4 V"],
  [1, { kind: "film", resistance: "0.03 ohm m^2" }, "twoSlope", "4.2 V"],
  [1, { kind: "contact", conductance: "33.3 S/m^2", residual: 0.02 }, "twoSlope", "4.3 V"],
  [1, { kind: "contact", conductance: "100 S/m^2", residual: 0.02 }, "linear", "4.3 V"],
  [0.3, { kind: "contact", conductance: "33.3 S/m^2", residual: 0.02 }, "twoSlope", "4.4 V"],
  [1, { kind: "exchange", residual: 0.02 }, "twoSlope", "4.3 V"],
  [1, { kind: "none" }, "twoSlope", "4.3 V"],
] as const;

/** The mesh and steps of the map, and those of the default. */
const coarse: Changes = {
  mesh: { interfaceSize: "0.786 um", growth: 0.25, largestSize: "2.5 um" },
  time: { tolerance: 2e-3, leastSteps: 12, largestStep: "120 s" },
};

function measured([perLoading, feedback, strain, voltage]: (typeof points)[number], solver: Changes): Synchronisation {
  const steps = [
    { charge: { rate: "5C", until: { voltage } } },
    { discharge: { rate: "2C", until: { voltage: "3.5 V" } } },
  ];
  const changes = { activeMaterial: { eigenstrain: { kind: strain } }, interface: { fatigue: { perLoading } } };
  const protocol = { repeat: 20, steps };
  return simulatedRun(variant("three-spheres", { ...changes, feedback, protocol, solver })).measured;
}

/** What a map needs of a run. */
function readings({ cycles, spread }: Synchronisation) {
  const [first, second, last] = [spread.lithiumFirst, cycles[1].lithium, spread.lithiumLast].map(
    (s) => s ?? Number.NaN,
  );
  const end = cycles[cycles.length - 1];
  return {
    regime: regimeOf({ first, second, last }) ?? "unknown",
    ratio: last / first,
    damage: end.meanDamage,
    lost: 1 - end.throughput / cycles[0].throughput,
  };
}

/** How far the map of regimes, on its coarse mesh and long steps, is from the default's mesh and steps. */
export const regimesMesh: ValidationCase = {
  name: "regimes-mesh",
  title: "the map of regimes at twelve points on the default's mesh and steps",
  slow: true,
  run: async ({ report }) => {
    const pairs = points.map((point) => {
      const [there, fine] = [coarse, {}].map((solver) => readings(measured(point, solver)));
      const said = ({ regime, ratio, damage, lost }: typeof fine) =>
        `${regime}, S_c(20)/S_c(1) ${ratio.toFixed(3)}, mean D ${damage.toFixed(3)}, ${(100 * lost).toFixed(1)} % lost`;
      report(`  ${JSON.stringify(point)}`);
      report(`    map: ${said(there)}; fine: ${said(fine)}`);
      return { there, fine };
    });
    const apart = (of: "ratio" | "damage" | "lost") =>
      Math.max(...pairs.map(({ there, fine }) => Math.abs(there[of] - fine[of])));
    const other = pairs.filter(({ there, fine }) => there.regime !== fine.regime).length;
    return [
      atMost("points of twelve whose regime is another", other, 0),
      atMost("S_c(20)/S_c(1), off by", apart("ratio"), 0.06),
      atMost("mean damage, off by", apart("damage"), 0.03),
      atMost("share of capacity lost, off by", apart("lost"), 0.03),
    ];
  },
};
