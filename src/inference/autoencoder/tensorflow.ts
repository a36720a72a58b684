import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type * as TensorFlow from "@tensorflow/tfjs";
import { optionalPackage } from "../../kernel/optional-package.js";

const packages = ["@tensorflow/tfjs", "@tensorflow/tfjs-backend-wasm"];

/** TensorFlow.js with the backend that it runs on. */
export interface Loaded {
  readonly tf: typeof TensorFlow;
  /** As the library reports it. */
  readonly backend: string;
}

/**
 * TensorFlow.js on its native library where that is installed, else on WebAssembly, else on plain JavaScript.
 * Threads of the WebAssembly backend do not start under Node.js, so it uses one.
 * @throws MissingPackage where optional packages were left out.
 */
export async function loadTensorFlow(): Promise<Loaded> {
  const native = await nativeTensorFlow();
  if (native) return { tf: native, backend: native.getBackend() };
  const tf = await optionalPackage(packages, () => import("@tensorflow/tfjs"));
  const { setWasmPaths } = await optionalPackage(packages, () => import("@tensorflow/tfjs-backend-wasm"));
  const folder = dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm/package.json"));
  tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  setWasmPaths(`${join(folder, "dist")}/`);
  if (!(await tf.setBackend("wasm"))) await tf.setBackend("cpu");
  await tf.ready();
  return { tf, backend: tf.getBackend() };
}

/** undefined where the optional package, or its library, is not there. */
async function nativeTensorFlow(): Promise<typeof TensorFlow | undefined> {
  try {
    const name = "@tensorflow/tfjs-node";
    const tf = (await import(name)) as typeof TensorFlow & { readonly default?: typeof TensorFlow };
    await tf.ready();
    return tf.getBackend() === "tensorflow" ? tf : undefined;
  } catch {
    return undefined;
  }
}
