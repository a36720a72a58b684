import { type Changes, type SimulatedRun, simulatedRun, variant } from "./simulated-run.js";
import type { ValidationCase, Verdict } from "./validation-case.js";
import { atMost } from "./verdicts.js";

/** Elements along a circle, at whose ends all edges of the shipped coverages lie. */
interface Elements {
  readonly order: 1 | 2;
  /** Facets a circle of 5 µm. */
  readonly facets: number;
}

/** The first charge of a shipped scenario with other elements. */
function firstCharge(name: string, { order, facets }: Elements): SimulatedRun {
  const size = (2 * Math.PI * 5) / facets;
  const um = (length: number): string => `${Number(length.toPrecision(6))} um`;
  const mesh: Changes = { order, interfaceSize: um(size * 1.0001), growth: 0.2, largestSize: um(4 * size) };
  const scenario = variant(name, { solver: { mesh } });
  const { protocol } = scenario;
  return simulatedRun({ ...scenario, protocol: { ...protocol, repeat: 1, steps: protocol.steps.slice(0, 1) } });
}

const tried = [
  { order: 2, facets: 40 },
  { order: 1, facets: 120 },
  { order: 1, facets: 240 },
] as const;

/** Quadratic elements on few facets against linear ones on many; the finest quadratic ones are the measure of all. */
export const secondOrder: ValidationCase = {
  name: "quadratic-elements",
  title: "the first charge with quadratic elements on 40 facets a circle against linear ones on up to 240",
  slow: true,
  run: async ({ report }) =>
    ["plane-strain", "three-particles", "three-spheres"].flatMap((name): Verdict[] => {
      const finest = firstCharge(name, { order: 2, facets: 80 });
      report(`  ${name}, P2 on 80 facets: ${told(finest)}`);
      return tried.flatMap((elements) => {
        const found = firstCharge(name, elements);
        const label = `${name}, P${elements.order} on ${elements.facets} facets`;
        report(`  ${label}: ${told(found)}`);
        return [
          atMost(`${label}: voltage, V`, found.ends[0].voltage - finest.ends[0].voltage, 5e-4),
          atMost(`${label}: spread of lithium`, spread(found) / spread(finest) - 1, 0.015),
        ];
      });
    }),
};

function spread({ measured }: SimulatedRun): number {
  return measured.spread.lithiumFirst ?? Number.NaN;
}

function told(run: SimulatedRun): string {
  const [{ voltage, damage }] = run.ends;
  return `${voltage.toFixed(5)} V, S_c ${spread(run).toFixed(5)}, D ${damage.map((d) => d.toFixed(5)).join(" ")}`;
}
