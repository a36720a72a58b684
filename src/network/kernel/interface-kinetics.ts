import type { IKernelFunctionThis } from "gpu.js";
import type { DeviceKernel, KernelDevice } from "../../kernel/device.js";

/**
 * The reaction of `fem/law/butler-volmer.ts` at many surface points in single precision: two kernels, one thread a point
 * each. The first gives y of
 *   |drive| = 2 i0 R_f sinh y + 2 V_T y
 * by a fixed number of Newton's steps from y0 = min(|drive|/2V_T, asinh(|drive|/(2 i0 R_f))), from where they fall
 * monotonically; the second gives current and slopes from it.
 */
export interface KineticsInputs {
  /** V, [point] φ − φ_e − U(s) */
  readonly drive: Float32Array;
  /** A/m², [point] > 0 */
  readonly exchange: Float32Array;
  /** Ω m², [point] ≥ 0 */
  readonly film: Float32Array;
}

export interface InterfaceKinetics {
  /** Write `out` [3][point]: current in A/m², ∂i/∂drive in S/m², ∂i/∂i0. */
  evaluate(inputs: KineticsInputs, thermalVoltage: number, out: Float32Array): Promise<void>;
  readonly ran: DeviceKernel["ran"];
}

/** From the bound on, errors fall to what single precision resolves in this many steps, whatever the film. */
const newtonSteps = 6;

export function interfaceKinetics(device: KernelDevice, points: number): InterfaceKinetics {
  const root = device.kernel(solveY, { output: [points], constants: { steps: newtonSteps }, longestLoop: newtonSteps });
  const slopes = device.kernel(currentAndSlopes, { output: [points, 3], longestLoop: 1 });
  const y = new Float32Array(points);
  return {
    ran: () => (root.ran().mode === device.mode ? slopes.ran() : root.ran()),
    evaluate: async ({ drive, exchange, film }, thermalVoltage, out) => {
      const [d, i, f] = [drive, exchange, film].map((values) => device.array(values, [points]));
      await root.run([d, i, f, 2 * thermalVoltage], y);
      await slopes.run([device.array(y, [points]), d, i, f, 2 * thermalVoltage], out);
    },
  };
}

/** Below y = 1 sinh is summed, since the difference of exponentials loses digits there; above 80 f32 overflows. */
function solveY(
  this: IKernelFunctionThis<{ steps: number }>,
  drive: number[],
  exchange: number[],
  film: number[],
  twiceThermal: number,
): number {
  const size = Math.abs(drive[this.thread.x]);
  const a = 2 * exchange[this.thread.x] * film[this.thread.x];
  let y = Math.min(size / twiceThermal, 80);
  if (a > 0) {
    const z = size / a;
    if (z < 0.1) {
      y = Math.min(y, z);
    } else if (z < 1e15) {
      y = Math.min(y, Math.log(z + Math.sqrt(z * z + 1)));
    }
    for (let step = 0; step < this.constants.steps; step += 1) {
      const grown = Math.exp(y);
      const q = y * y;
      let sinh = 0.5 * (grown - 1 / grown);
      if (y < 1) {
        sinh = y * (1 + (q / 6) * (1 + (q / 20) * (1 + (q / 42) * (1 + q / 72))));
      }
      const cosh = 0.5 * (grown + 1 / grown);
      y = Math.max(0, y + (size - a * sinh - twiceThermal * y) / (a * cosh + twiceThermal));
    }
  }
  return y;
}

function currentAndSlopes(
  this: IKernelFunctionThis,
  root: number[],
  drive: number[],
  exchange: number[],
  film: number[],
  twiceThermal: number,
): number {
  const y = root[this.thread.x];
  const twice = 2 * exchange[this.thread.x];
  const grown = Math.exp(y);
  const q = y * y;
  let sinh = 0.5 * (grown - 1 / grown);
  if (y < 1) {
    sinh = y * (1 + (q / 6) * (1 + (q / 20) * (1 + (q / 42) * (1 + q / 72))));
  }
  const cosh = 0.5 * (grown + 1 / grown);
  let current = twice * sinh;
  if (drive[this.thread.x] < 0) {
    current = -current;
  }
  const slope = twiceThermal / (twice * cosh);
  const conductance = 1 / (slope + film[this.thread.x]);
  let answer = current;
  if (this.thread.y === 1) {
    answer = conductance;
  }
  if (this.thread.y === 2) {
    answer = (conductance * slope * current) / exchange[this.thread.x];
  }
  return answer;
}
