import type { IKernelFunctionThis } from "gpu.js";
import type { CyclesFatigue } from "../../fem/law/fatigue/cycles.js";
import type { DeviceKernel, KernelDevice } from "../../kernel/device.js";

/**
 * Fatigue of many surface points over a step, the law of `fem/law/fatigue/cycles.ts` in single precision, one thread a point and
 * answer: the level t̂ at the end of the step from the tractions, and by how much damage grows,
 *   ΔD = (1 − D)(1 − exp(−k_N ⟨F(t̂) − F(t̂_old)⟩)).
 * Growths are far below what single precision resolves in D: they are added in double.
 */
export interface FatigueInputs {
  /** [point] */
  readonly damage: Float32Array;
  /** [point] at the start of the step. */
  readonly levelOld: Float32Array;
  /** Pa, [point] */
  readonly normalTraction: Float32Array;
  readonly shearTraction: Float32Array;
}

export interface DamageGrowth {
  /** Write `out` [2][point]: t̂, and ΔD over a step, not yet capped. */
  evaluate(inputs: FatigueInputs, out: Float32Array): Promise<void>;
  readonly ran: DeviceKernel["ran"];
}

/** The kernel on a device. */
export function damageGrowth(device: KernelDevice, points: number, parameters: CyclesFatigue): DamageGrowth {
  const { perLoading, exponent, threshold, referenceTraction, shearWeight } = parameters;
  const constants = { full: perLoading, exponent, threshold, reference: referenceTraction, shear: shearWeight };
  const kernel = device.kernel(growth, { output: [points, 2], constants, longestLoop: 1 });
  return {
    ran: kernel.ran,
    evaluate: ({ damage, levelOld, normalTraction, shearTraction }, out) => {
      const inputs = [damage, levelOld, normalTraction, shearTraction].map((values) => device.array(values, [points]));
      return kernel.run(inputs, out);
    },
  };
}

type Constants = { full: number; exponent: number; threshold: number; reference: number; shear: number };

function growth(
  this: IKernelFunctionThis<Constants>,
  damage: number[],
  levelOld: number[],
  normalTraction: number[],
  shearTraction: number[],
): number {
  // Over the reference before they are squared: the square of a traction in Pa is lost digits and, on a card, range.
  const normal = Math.max(0, normalTraction[this.thread.x]) / this.constants.reference;
  const shear = (this.constants.shear * shearTraction[this.thread.x]) / this.constants.reference;
  const level = Math.sqrt(normal * normal + shear * shear);
  const old = levelOld[this.thread.x];
  let x = 0;
  if (level > old && level > this.constants.threshold) {
    const span = 1 - this.constants.threshold;
    const before = Math.max(0, old - this.constants.threshold) / span;
    x = ((level - this.constants.threshold) / span) ** this.constants.exponent;
    if (before > 0) {
      x = x - before ** this.constants.exponent;
    }
    x = this.constants.full * x;
  }
  let lost = 1 - Math.exp(-x);
  if (x < 0.1) {
    lost = x * (1 - (x / 2) * (1 - (x / 3) * (1 - (x / 4) * (1 - x / 5))));
  }
  let answer = level;
  if (this.thread.y === 1) {
    answer = (1 - damage[this.thread.x]) * lost;
  }
  return answer;
}
