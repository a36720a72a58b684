import { draws, shuffled } from "../../draws/draws.js";
import { type ControlName, permutationsWanted } from "../../inference/controls.js";
import type { Scenario } from "../../scenario/scenario.js";
import { mean, range } from "../../statistics/mean.js";
import { rounded } from "../sweep/level.js";

/** What makes a control out of a scenario: keys with the values they get; or why the scenario has no such control. */
export type Change =
  | {
      readonly name: ControlName;
      /** Of its folder. */
      readonly folder: string;
      /** What it is; its title begins with them. */
      readonly words: string;
      readonly values: Readonly<Record<string, unknown>>;
    }
  | { readonly name: ControlName; readonly reason: string };

type File = Readonly<Record<string, unknown>>;

/**
 * The controls of a scenario: feedback off, equal coverage, coverages permuted, and another mesh.
 * @param file as it is written, what it builds on laid under it
 * @param permutations how many, at most; there are no more than to judge by
 */
export function controlChanges(file: File, scenario: Scenario, permutations: number): Change[] {
  return [
    feedbackOff(scenario),
    equalCoverage(file, scenario),
    ...permuted(file, scenario, permutations),
    otherMesh(scenario),
  ];
}

/** Damage goes on, but none of the ways by which it touches the current is left. */
function feedbackOff({ feedback, surface, binder }: Scenario): Change {
  const name = "feedbackOff";
  const lost = "damage" in surface && surface.damage === "lost";
  const values = {
    feedback: { kind: "none" },
    ...(lost ? { "surface.damage": "kept" } : {}),
    ...(binder.contactLoss > 0 ? { "binder.contactLoss": 0 } : {}),
  };
  if (feedback.kind === "none" && !lost && binder.contactLoss === 0)
    return { name, reason: "damage does not touch the current in this scenario" };
  return { name, folder: "feedback-off", words: "feedback off", values };
}

function equalCoverage(file: File, scenario: Scenario): Change {
  const name = "equalCoverage";
  const { nominalCoverage: coverage } = scenario;
  if (coverage.length < 2) return { name, reason: alone };
  if (range(coverage) < 1e-6) return { name, reason: alike };
  const average = rounded(mean(coverage));
  const values = covered(
    file,
    coverage.map(() => average),
  );
  return typeof values === "string"
    ? { name, reason: values }
    : { name, folder: "equal-coverage", words: "equal coverage", values };
}

const alone = "one particle has nobody to be out of step with";
const alike = "all particles are covered alike";

function permuted(file: File, { nominalCoverage: coverage, seed }: Scenario, most: number): Change[] {
  const name = "permuted";
  if (coverage.length < 2) return [{ name, reason: alone }];
  if (range(coverage) < 1e-6) return [{ name, reason: alike }];
  const orders = permutationsOf(coverage, seed).slice(0, Math.min(most, permutationsWanted(coverage.length)));
  const changes: Change[] = [];
  for (const [k, order] of orders.entries()) {
    const values = covered(file, order);
    if (typeof values === "string") return [{ name, reason: values }];
    const number = orders.length > 1 ? `-${k + 1}` : "";
    changes.push({
      name,
      folder: `permuted${number}`,
      words: `coverages permuted${number.replace("-", " ")}`,
      values,
    });
  }
  return changes;
}

/**
 * Other orders of the coverages, no two alike: each given to the next particle first, which is no mirror image beyond two; then all
 * up to four particles, and of more as many as are judged by, by the seed.
 */
function permutationsOf(coverage: readonly number[], seed: number): number[][] {
  const next = [...coverage.slice(-1), ...coverage.slice(0, -1)];
  const random = draws(seed, "permuted coverage");
  const others =
    coverage.length <= 4
      ? everyOrder(coverage)
      : Array.from({ length: 2 * permutationsWanted(coverage.length) }, () =>
          Array.from(shuffled(coverage.length, random), (k) => coverage[k]),
        );
  const different = new Map([next, ...others].map((order) => [order.join(), order]));
  different.delete(coverage.join());
  return [...different.values()];
}

function everyOrder(values: readonly number[]): number[][] {
  if (values.length < 2) return [[...values]];
  return values.flatMap((value, k) => everyOrder(values.filter((_, j) => j !== k)).map((rest) => [value, ...rest]));
}

/** The keys that give each particle its coverage, or why a file leaves none to be set. */
function covered(file: File, coverage: readonly number[]): Readonly<Record<string, unknown>> | string {
  const { geometry, coverage: said } = file as { readonly geometry?: File; readonly coverage?: File };
  if (geometry?.table !== undefined && said?.fractions === undefined && said?.distribution === undefined)
    return "the coverages come from the particle table";
  if (said?.facing === "cloud") return "patches that face a cloud are drawn with their coverages";
  const particles = geometry?.particles;
  const own = Array.isArray(particles) && particles.some((each: File) => each?.coverage !== undefined);
  if (own) return Object.fromEntries(coverage.map((share, k) => [`geometry.particles.${k}.coverage`, share]));
  const { distribution: _, ...rest } = said ?? {};
  return { coverage: { ...rest, fractions: coverage } };
}

/** Twice as coarse: a quarter of the unknowns or less, so that it costs little to have a second mesh. */
function otherMesh({ network, solver: { mesh } }: Scenario): Change {
  const name = "finer";
  const found = { name, folder: "coarser-mesh", words: "mesh twice as coarse" } as const;
  if (network === null) {
    const twice = (size: number) => `${rounded(2e6 * size)} um`;
    const { interfaceSize, largestSize } = mesh;
    return {
      ...found,
      values: { "solver.mesh.interfaceSize": twice(interfaceSize), "solver.mesh.largestSize": twice(largestSize) },
    };
  }
  const { directions, radial } = network.resolution;
  if (directions < 8) return { name, reason: `${directions} directions cannot be halved` };
  return {
    ...found,
    values: {
      "solver.network.directions": Math.floor(directions / 2),
      "solver.network.radial": { ...radial, first: 2 * radial.first, largest: Math.min(1, 2 * radial.largest) },
    },
  };
}
