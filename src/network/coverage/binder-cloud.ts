import { type Draws, draws } from "../../draws/draws.js";
import { cos, exp, square } from "../../elementary/elementary.js";
import { type Domain, periods } from "../../space/packing.js";

/**
 * Where carbon/binder conducts well, as a random field z(x) of mean 0, variance 1 and covariance exp(−(r/L)²):
 * z(x) = √(2/M) Σ cos(k_m · x + φ_m), with k normal of variance 2/L² along each axis (the covariance's spectrum) and φ uniform
 * (Shinozuka & Deodatis, Appl. Mech. Rev. 44 (1991) 191). The covariance over seeds is exact for any number of modes M; one
 * field is the nearer to normal the more there are. Along a periodic axis k takes whole multiples of 2π over the period, with
 * the same weights, and the covariance is the periodic sum.
 */
export interface BinderCloud {
  /** 1/m, [mode][3] */
  readonly wave: Float64Array;
  /** rad, [mode] */
  readonly phase: Float64Array;
}

const MODES = 1024;
const TURN = 2 * Math.PI;

/**
 * @param length m, the correlation length L
 * @throws RangeError
 */
export function binderCloud(domain: Domain, length: number, seed: number, modes = MODES): BinderCloud {
  if (!(length > 0 && length < Infinity))
    throw new RangeError(`Making a carbon/binder cloud: the correlation length is ${length} m; give a length above 0.`);
  if (!Number.isInteger(modes) || modes < 1)
    throw new RangeError(`Making a carbon/binder cloud: ${modes} modes; give a whole number from 1.`);
  const random = draws(seed, "binder cloud");
  const axes = periods(domain).map((period) => (period > 0 ? harmonics(period, length) : continuum(length)));
  const cloud = { wave: new Float64Array(3 * modes), phase: new Float64Array(modes) };
  for (let m = 0; m < modes; m++) {
    for (let axis = 0; axis < domain.dimension; axis++) cloud.wave[3 * m + axis] = axes[axis](random);
    cloud.phase[m] = TURN * random.uniform();
  }
  return cloud;
}

/** z at points, [point]. @param at m, [point][3] */
export function cloudAt({ wave, phase }: BinderCloud, at: Float64Array): Float64Array {
  const modes = phase.length;
  const scale = Math.sqrt(2 / modes);
  return Float64Array.from({ length: at.length / 3 }, (_, i) => {
    let sum = 0;
    for (let m = 0; m < modes; m++) {
      const along = wave[3 * m] * at[3 * i] + wave[3 * m + 1] * at[3 * i + 1] + wave[3 * m + 2] * at[3 * i + 2];
      sum += cos(along + phase[m]);
    }
    return scale * sum;
  });
}

type WaveNumber = (random: Draws) => number;

function continuum(length: number): WaveNumber {
  return (random) => (Math.SQRT2 / length) * random.normal();
}

/** Multiples of 2π/period with weights exp(−k²L²/4). */
function harmonics(period: number, length: number): WaveNumber {
  const base = TURN / period;
  const most = Math.ceil(13 / (base * length)) + 1;
  const below = new Float64Array(2 * most + 1);
  let sum = 0;
  for (let n = -most; n <= most; n++) below[n + most] = sum += exp(-square(base * n * length) / 4);
  return (random) => {
    const wanted = random.uniform() * sum;
    let [low, high] = [0, below.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (below[middle] > wanted) high = middle;
      else low = middle + 1;
    }
    return base * (low - most);
  };
}
