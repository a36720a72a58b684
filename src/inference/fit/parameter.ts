/** A number that a fit seeks, between bounds. */
export interface FitParameter {
  readonly name: string;
  /** Of `low`, `high` and `start`; "" for a bare number. */
  readonly unit: string;
  readonly low: number;
  readonly high: number;
  readonly start: number;
  readonly transform: TransformName;
}

export type TransformName = "linear" | "log" | "logit";

/**
 * How a parameter is moved: `linear` and `log` as the share of the way between its bounds, in [0, 1]; `logit` as the
 * logarithm of the shares on both sides, so that its bounds are never reached.
 */
interface Transform {
  into(value: number, low: number, high: number): number;
  outOf(z: number, low: number, high: number): number;
  /** Within which z moves. */
  readonly box: readonly [number, number];
  /** Logarithm of the prior density of z, up to a constant: even in the value, for `log` in its logarithm. */
  logPrior(z: number): number;
}

/** Beyond, the share of the way is 1e−4 from a bound. */
const logitEnd = 9.2;

export const transforms: Readonly<Record<TransformName, Transform>> = {
  linear: {
    into: (value, low, high) => (value - low) / (high - low),
    outOf: (z, low, high) => low + (high - low) * z,
    box: [0, 1],
    logPrior: () => 0,
  },
  log: {
    into: (value, low, high) => Math.log(value / low) / Math.log(high / low),
    outOf: (z, low, high) => low * (high / low) ** z,
    box: [0, 1],
    logPrior: () => 0,
  },
  logit: {
    into: (value, low, high) => Math.log((value - low) / (high - value)),
    outOf: (z, low, high) => low + (high - low) / (1 + Math.exp(-z)),
    box: [-logitEnd, logitEnd],
    logPrior: (z) => -Math.abs(z) - 2 * Math.log1p(Math.exp(-Math.abs(z))),
  },
};

/** Values as they are moved; values at or beyond a bound are drawn just inside for `logit`. */
export function internal(parameters: readonly FitParameter[], values: ArrayLike<number>): Float64Array {
  return Float64Array.from(parameters, ({ low, high, transform }, k) => {
    const { into, box } = transforms[transform];
    return Math.min(box[1], Math.max(box[0], into(values[k], low, high)));
  });
}

/** As `internal`, the other way; never outside the bounds. */
export function external(parameters: readonly FitParameter[], z: ArrayLike<number>): number[] {
  return parameters.map(({ low, high, transform }, k) =>
    Math.min(high, Math.max(low, transforms[transform].outOf(z[k], low, high))),
  );
}

export interface Box {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

export function boxOf(parameters: readonly FitParameter[]): Box {
  return {
    low: Float64Array.from(parameters, ({ transform }) => transforms[transform].box[0]),
    high: Float64Array.from(parameters, ({ transform }) => transforms[transform].box[1]),
  };
}
