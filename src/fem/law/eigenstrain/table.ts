import { list, means, number, share } from "../../../schema/leaf.js";
import { table as throughPoints } from "../stoichiometry-function.js";
import { eigenstrain } from "./eigenstrain.js";

/** Linear strain against stoichiometry through the points, monotone between them; a point that lacks one of the two holds NaN. */
export const table = eigenstrain({
  kind: "table",
  keys: {
    stoichiometry: means("stoichiometries of the table", list(share, "numbers from 0 to 1", 10_000)),
    strain: means(
      "linear strains at these stoichiometries",
      list(number(-0.5, 0.5), "numbers from -0.5 to 0.5", 10_000),
    ),
  },
  settle: ({ stoichiometry, strain }) => ({
    table: Array.from(
      { length: Math.max(stoichiometry.length, strain.length) },
      (_, k) => [stoichiometry[k] ?? Number.NaN, strain[k] ?? Number.NaN] as const,
    ),
  }),
  faults: ({ table: points }) => {
    const places = points.flatMap(([s]) => (Number.isNaN(s) ? [] : [s]));
    const strains = points.filter(([, strain]) => !Number.isNaN(strain)).length;
    const found = `${places.length} stoichiometries and ${strains} strains`;
    const apart = { found, allowed: "as many of one as of the other" };
    const order = { found: "stoichiometries that do not rise", allowed: "two or more rising stoichiometries" };
    const rises = places.length > 1 && places.every((s, k) => k === 0 || s > places[k - 1]);
    return [...(places.length === strains ? [] : [apart]), ...(rises ? [] : [order])];
  },
  law: ({ table: points }) => throughPoints(points),
});
