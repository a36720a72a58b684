import type * as TensorFlow from "@tensorflow/tfjs";

/**
 * The WebAssembly backend of TensorFlow.js 4.22 cannot train convolutions of pictures: the gradient of their kernels is
 * missing (tensorflow/tfjs#8474). That of volumes is there, and a picture is a volume of one slice; for strides of one
 * the two are the same.
 */
export function addKernelGradient(tf: typeof TensorFlow): void {
  const [kernelName, backendName] = ["Conv2DBackpropFilter", "wasm"];
  if (tf.getBackend() !== backendName || tf.getKernel(kernelName, backendName) !== undefined) return;
  tf.registerKernel({
    kernelName,
    backendName,
    kernelFunc: ({ inputs, attrs }) => {
      const engine = tf.engine();
      const { filterShape, pad, strides } = attrs as unknown as KernelGradient;
      if ([strides].flat().some((stride) => stride !== 1))
        throw new RangeError(`Differentiating a convolution: strides of ${[strides].flat().join(", ")}; 1 is allowed.`);
      const reshaped = (x: TensorFlow.Tensor, shape: readonly number[]) =>
        engine.runKernel("Reshape", { x }, { shape: [...shape] }) as TensorFlow.Tensor;
      const slice = (x: unknown) => {
        const tensor = x as TensorFlow.Tensor;
        return reshaped(tensor, [tensor.shape[0], 1, ...tensor.shape.slice(1)]);
      };
      const gradient = engine.runKernel(
        "Conv3DBackpropFilterV2",
        { x: slice(inputs.x), dy: slice(inputs.dy) },
        { strides: [1, 1, 1], pad, filterShape: [1, ...filterShape] },
      ) as TensorFlow.Tensor;
      return reshaped(gradient, filterShape);
    },
  });
}

interface KernelGradient {
  readonly filterShape: readonly number[];
  readonly pad: string | number;
  readonly strides: number | readonly number[];
}
