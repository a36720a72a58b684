import { limits } from "../src/fem/model/balances.js";
import { type End, endOf } from "./protocols/end.js";
import { materials } from "./protocols/materials.js";
import { cellsOf, type Geometry, geometries } from "./protocols/matrix.js";
import type { ValidationCase, Verdict } from "./validation-case.js";

/** Every ordinary protocol runs to its end: by the protocol, or by a limit of the cell that is named. */
export const protocolMatrix: readonly ValidationCase[] = geometries.map((geometry) => ({
  name: `protocols-${geometry}`,
  title: `protocols, rates and chemistries to their ends: ${geometry}`,
  slow: true,
  run: async ({ report }) => materials.map(({ name }) => verdictOf(geometry, name, report)),
}));

function verdictOf(geometry: Geometry, name: string, report: (message: string) => void): Verdict {
  const ends = cellsOf(geometry)
    .filter(({ material }) => material.name === name)
    .map((cell) => {
      const end = endOf(cell);
      if (end.kind !== "protocol") report(`${name}, ${cell.protocol}, ${cell.rate}C: ${end.kind}, ${end.reason}`);
      return end;
    });
  const count = (kind: End["kind"]): number => ends.filter((end) => end.kind === kind).length;
  const worst = (law: keyof typeof limits): number =>
    Math.max(...ends.map(({ balances }) => balances[law] / limits[law]));
  const balanced = Math.max(worst("lithium"), worst("charge"), worst("momentum"));
  return {
    name,
    value: `${count("protocol")} by protocol, ${count("limit")} by a named limit, ${count("gave up")} gave up`,
    band: "0 gave up, balances within their limits",
    holds: count("gave up") === 0 && balanced <= 1,
    details: `balances reach ${balanced.toPrecision(2)} of their limits; ${Math.max(...ends.map(({ steps }) => steps))} steps at most`,
  };
}
