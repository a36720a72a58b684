import { figures } from "../../words/numbers.js";
import { type Covariance, spanOf } from "./covariance.js";
import { external, type FitParameter } from "./parameter.js";
import type { Profile } from "./profile.js";
import type { Minimum } from "./trust-region.js";

/** What a fit says of one parameter, in its unit. */
export interface Estimate {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  /** Holds it with 95 %; an end is null where the data do not close it before the bound. */
  readonly interval: readonly [number | null, number | null];
  /** Where the interval is from. */
  readonly from: "profile" | "covariance" | "samples";
  readonly identifiable: boolean;
  /** Why not. */
  readonly reason: string | null;
  readonly atBound: boolean;
  readonly bounds: readonly [number, number];
}

/** A parameter goes no nearer to a bound than this share of the way without being said to lie at it. */
const near = 1e-6;

/** Of the weight of a direction, from which a parameter is said to act in it. */
const noted = 0.3;

/** Parameters with intervals: by their profiles where there are any, else by the covariance. */
export function estimates(
  parameters: readonly FitParameter[],
  minimum: Minimum,
  covariance: Covariance,
  profiles: readonly (Profile | null)[],
  noiseKnown: boolean,
): Estimate[] {
  const values = external(parameters, minimum.z);
  const span = spanOf(noiseKnown, covariance.freedom);
  return parameters.map((parameter, k) => {
    const value = values[k];
    const profile = profiles[k] ?? null;
    const half = span * Math.sqrt(covariance.matrix[k][k]);
    const place = (z: number) =>
      external(
        parameters,
        minimum.z.map((own, j) => (j === k ? z : own)),
      )[k];
    const ends = profile ? [profile.low, profile.high] : linearEnds(minimum, k, half, parameter);
    const interval = ends.map((z) => (z === null ? null : place(z))) as [number | null, number | null];
    const reason = unseen(parameter, interval, profile !== null, covariance, k);
    const { name, unit, low, high } = parameter;
    const share = (value - low) / (high - low);
    const atBound = share < near || share > 1 - near;
    const from = profile ? "profile" : "covariance";
    return { name, unit, value, interval, from, identifiable: reason === null, reason, atBound, bounds: [low, high] };
  });
}

/** Ends by the linear model; null beyond the bounds. A `logit` has its bounds at infinity, and ends on both sides. */
function linearEnds({ z }: Minimum, k: number, half: number, { transform }: FitParameter): (number | null)[] {
  if (!Number.isFinite(half)) return [null, null];
  const [low, high] = transform === "logit" ? [-9.2, 9.2] : [0, 1];
  return [z[k] - half, z[k] + half].map((end) => (end < low || end > high ? null : end));
}

function unseen(
  { name, low, high, unit }: FitParameter,
  interval: readonly (number | null)[],
  profiled: boolean,
  { singularValues, directions, matrix }: Covariance,
  k: number,
): string | null {
  if (!Number.isFinite(matrix[k][k])) {
    const weakest = singularValues.findIndex((value) => !(value > 1e-12 * singularValues[0]));
    const along = directions[weakest] ?? [];
    const alone = along.every((weight, other) => other === k || Math.abs(weight) < noted);
    return alone
      ? `${name} has no effect on what was measured`
      : `only a combination of ${name} with others has an effect`;
  }
  const open = ["below", "above"].filter((_, end) => interval[end] === null);
  if (open.length === 0) return null;
  const bounds = [low, high].map((bound) => `${figures(bound, 4)}${unit === "" ? "" : ` ${unit}`}`);
  const how = profiled ? "its profile stays open" : "its interval leaves the bounds";
  return `${how} ${open.join(" and ")} (bounds ${bounds.join(" to ")})`;
}
