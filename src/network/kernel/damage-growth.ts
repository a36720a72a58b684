import type { IKernelFunctionThis } from "gpu.js";
import type { ThresholdFatigue } from "../../fem/law/fatigue/threshold.js";
import type { DeviceKernel, KernelDevice } from "../../kernel/device.js";

/**
 * Fatigue of many surface points over a step, the law of `fem/law/fatigue/threshold.ts` in single precision, one thread a point and
 * answer: the rate f at the end of the step from the tractions, and by how much damage grows,
 *   ΔD = (1 − D)(1 − exp(−½ (f_old + f) dt)).
 * Growths are far below what single precision resolves in D: they are added in double.
 */
export interface FatigueInputs {
  /** [point] */
  readonly damage: Float32Array;
  /** 1/s, [point] at the start of the step. */
  readonly rateOld: Float32Array;
  /** Pa, [point] */
  readonly normalTraction: Float32Array;
  readonly shearTraction: Float32Array;
}

export interface DamageGrowth {
  /** Write `out` [2][point]: f in 1/s, and ΔD over a step of dt s, not yet capped. */
  evaluate(inputs: FatigueInputs, dt: number, out: Float32Array): Promise<void>;
  readonly ran: DeviceKernel["ran"];
}

/** @param tau s, clock of the protocol, which `rate` of the parameters is over */
export function damageGrowth(
  device: KernelDevice,
  points: number,
  parameters: ThresholdFatigue,
  tau: number,
): DamageGrowth {
  const { rate, exponent, threshold, referenceTraction, shearWeight } = parameters;
  const constants = { full: rate / tau, exponent, threshold, reference: referenceTraction, shear: shearWeight };
  const kernel = device.kernel(growth, { output: [points, 2], constants, longestLoop: 1 });
  return {
    ran: kernel.ran,
    evaluate: ({ damage, rateOld, normalTraction, shearTraction }, dt, out) => {
      const inputs = [damage, rateOld, normalTraction, shearTraction].map((values) => device.array(values, [points]));
      return kernel.run([...inputs, dt], out);
    },
  };
}

type Constants = { full: number; exponent: number; threshold: number; reference: number; shear: number };

function growth(
  this: IKernelFunctionThis<Constants>,
  damage: number[],
  rateOld: number[],
  normalTraction: number[],
  shearTraction: number[],
  dt: number,
): number {
  // Over the reference before they are squared: the square of a traction in Pa is lost digits and, on a card, range.
  const normal = Math.max(0, normalTraction[this.thread.x]) / this.constants.reference;
  const shear = (this.constants.shear * shearTraction[this.thread.x]) / this.constants.reference;
  const level = Math.sqrt(normal * normal + shear * shear);
  let rate = 0;
  if (level > this.constants.threshold) {
    const excess = (level - this.constants.threshold) / (1 - this.constants.threshold);
    rate = this.constants.full * excess ** this.constants.exponent;
  }
  const x = 0.5 * (rateOld[this.thread.x] + rate) * dt;
  let lost = 1 - Math.exp(-x);
  if (x < 0.1) {
    lost = x * (1 - (x / 2) * (1 - (x / 3) * (1 - (x / 4) * (1 - x / 5))));
  }
  let answer = rate;
  if (this.thread.y === 1) {
    answer = (1 - damage[this.thread.x]) * lost;
  }
  return answer;
}
