import type { GPU as Gpu, IKernelFunctionThis } from "gpu.js";
import { optionalPackage } from "./optional-package.js";
import { giveWebGpu } from "./web-gpu.js";

/** The modes of gpu.js that are used: plain JavaScript, WebAssembly with SIMD and threads, a graphics card. */
export const kernelModes = ["cpu", "webasm", "webgpu"] as const;
export type KernelMode = (typeof kernelModes)[number];

/**
 * gpu.js in one mode. All it computes and stores is single precision, and integers go through it: indices stay below 2²⁴.
 * A kernel computes one number a thread, from arrays of up to three dimensions, the last running fastest.
 */
export interface KernelDevice {
  readonly mode: KernelMode;
  /** Prepare a kernel for outputs of one shape; what it closes over it does not see. */
  kernel(source: KernelSource, shape: KernelShape): DeviceKernel;
  /** An array for one run; `size` along x, y and z. */
  array(values: Float32Array, size: readonly number[]): DeviceArray;
  /** Keep an array where the kernels read it: on a graphics card it is sent once. */
  hold(values: Float32Array, size: readonly number[]): Promise<DeviceArray>;
  /** Give up an array that is held. */
  release(array: DeviceArray): void;
  close(): Promise<void>;
}

export type KernelSource = (this: IKernelFunctionThis<never>, ...inputs: never[]) => number;

export interface KernelShape {
  /** Threads along x, y and z. */
  readonly output: readonly number[];
  readonly constants?: Readonly<Record<string, number>>;
  /** Rounds of the longest loop: gpu.js cuts loops, silently, at 1,000 unless told. */
  readonly longestLoop: number;
}

/** An array as gpu.js takes it. */
export type DeviceArray = object;

export interface DeviceKernel {
  /** Run on arrays of f32 or on numbers; write what comes back into `out`, x fastest. */
  run(inputs: readonly (DeviceArray | number)[], out: Float32Array | Float64Array): Promise<void>;
  /** What computed the latest run, as gpu.js says; why, where that is not the mode of the device. */
  ran(): { readonly mode: string; readonly reason?: string };
}

/** An array as gpu.js takes it; `size` along x, y and z. */
type ArrayOf = (values: Float32Array, size: readonly number[]) => DeviceArray;

interface Library {
  readonly GPU: typeof Gpu;
  readonly input: ArrayOf;
}

/** What gpu.js keeps behind a kernel. */
interface Inner {
  readonly constructor: { readonly mode?: string; readonly name: string };
  readonly fallbackReason?: string;
}

/** As gpu.js makes it: settings that its types do not know are passed on. */
interface Created {
  (...inputs: unknown[]): Promise<Nested>;
  readonly kernel: Inner;
}
type Nested = ArrayLike<number> | ArrayLike<Nested>;
type Create = (source: unknown, settings: object) => Created;

async function library(): Promise<Library> {
  const module = (await optionalPackage(["gpu.js"], () => import("gpu.js"))) as unknown as Library & {
    readonly default?: Library;
  };
  return module.default ?? module;
}

/**
 * Opens gpu.js in a mode.
 *
 * @param mode what is asked for; what runs is told by each kernel
 * @throws Error saying what is missing, e.g. a graphics adapter.
 */
export async function openDevice(mode: KernelMode): Promise<KernelDevice> {
  if (mode === "webgpu") await giveWebGpu();
  const { GPU, input } = await library();
  const gpu = new GPU({ mode: mode as "cpu" });
  const repeats = new Map<string, Created>();
  const create: Create = (source, settings) => gpu.createKernel(source as never, settings as never) as never;
  return {
    mode,
    kernel: (source, { output, constants, longestLoop }) => {
      const settings = { output: [...output], constants: { ...constants }, loopMaxIterations: longestLoop };
      const kernel = create(source, { ...settings, precision: "single", asyncMode: true });
      return {
        run: async (inputs, out) => {
          flatten(await kernel(...inputs), out, 0);
        },
        ran: () => whatRan(kernel.kernel, mode),
      };
    },
    array: input,
    hold: async (values, size) => {
      const given = input(values, size);
      return mode === "webgpu" ? await sent(create, repeats, given, size) : given;
    },
    release: (array) => (array as { delete?(): void }).delete?.(),
    close: async () => {
      await gpu.destroy();
    },
  };
}

/** An array on the graphics card: the answer, left there, of a kernel that repeats its input; one kernel a size. */
async function sent(
  create: Create,
  repeats: Map<string, Created>,
  given: DeviceArray,
  size: readonly number[],
): Promise<DeviceArray> {
  const key = size.join("x");
  const source = [repeat1, repeat2, repeat3][size.length - 1];
  const kernel =
    repeats.get(key) ?? create(source, { output: [...size], pipeline: true, immutable: true, precision: "single" });
  repeats.set(key, kernel);
  return (await kernel(given)) as DeviceArray;
}

function repeat1(this: IKernelFunctionThis, a: number[]): number {
  return a[this.thread.x];
}

function repeat2(this: IKernelFunctionThis, a: number[][]): number {
  return a[this.thread.y][this.thread.x];
}

function repeat3(this: IKernelFunctionThis, a: number[][][]): number {
  return a[this.thread.z][this.thread.y][this.thread.x];
}

function whatRan({ constructor: kind, fallbackReason }: Inner, asked: KernelMode): ReturnType<DeviceKernel["ran"]> {
  const mode = kind.mode === "gpu" ? kind.name.replace(/Kernel$/, "").toLowerCase() : kind.mode;
  if (mode === asked) return { mode };
  return { mode: mode ?? "unknown", reason: fallbackReason ?? `gpu.js ran its ${mode} kernel` };
}

/** Rows of rows into one array; returns where the next entry goes. */
function flatten(nested: Nested, out: Float32Array | Float64Array, at: number): number {
  if (nested.length === 0 || typeof nested[0] === "number") {
    out.set(nested as ArrayLike<number>, at);
    return at + nested.length;
  }
  let next = at;
  for (let k = 0; k < nested.length; k++) next = flatten((nested as ArrayLike<Nested>)[k], out, next);
  return next;
}
