import { fits, type LayerWeights } from "./network.js";

/** A trained U-Net with what it needs to see pictures as it did in training. */
export interface Model {
  /** Edge of a pixel as the network sees it, µm. */
  readonly pixel: number;
  readonly channels: number;
  readonly weights: readonly LayerWeights[];
  /** What it was trained on, oldest first. */
  readonly provenance: readonly string[];
}

const format = "synchrode U-Net 1";

/** As JSON; numbers as base64 of little-endian words of 32 bits. */
export function modelText({ pixel, channels, weights, provenance }: Model): string {
  const packed = weights.map(({ name, shape, kernel, offset }) => ({
    name,
    shape,
    kernel: base64(kernel),
    offset: base64(offset),
  }));
  return `${JSON.stringify({ format, pixel, channels, provenance, weights: packed }, null, 1)}\n`;
}

/** @throws RangeError when the text is no model */
export function modelOf(text: string): Model {
  const wrong = (found: string) =>
    new RangeError(`Reading a model: found ${found}; a file that synchrode train wrote is due.`);
  let parsed: Partial<Record<string, unknown>>;
  try {
    parsed = JSON.parse(text) as typeof parsed;
  } catch {
    throw wrong("no JSON");
  }
  if (parsed === null || typeof parsed !== "object" || parsed.format !== format)
    throw wrong(`the format ${String(parsed?.format ?? "(none)")}`);
  const { pixel, channels, provenance, weights } = parsed;
  if (typeof pixel !== "number" || !(pixel > 0) || typeof channels !== "number" || !Array.isArray(weights))
    throw wrong("no pixel, channels or weights");
  const layers = weights.map((layer: Record<string, unknown>): LayerWeights => {
    const shape = Array.isArray(layer.shape) ? layer.shape.map(Number) : [];
    return {
      name: String(layer.name),
      shape: [shape[0] ?? 0, shape[1] ?? 0, shape[2] ?? 0, shape[3] ?? 0],
      kernel: numbers(String(layer.kernel)),
      offset: numbers(String(layer.offset)),
    };
  });
  if (!fits(layers, channels)) throw wrong(`weights that are not those of ${channels} channels`);
  if (layers.some(({ kernel, offset }) => [...kernel, ...offset].some((value) => !Number.isFinite(value))))
    throw wrong("weights that are no numbers");
  return { pixel, channels, weights: layers, provenance: Array.isArray(provenance) ? provenance.map(String) : [] };
}

function base64(data: Float32Array): string {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("base64");
}

function numbers(text: string): Float32Array {
  const bytes = Buffer.from(text, "base64");
  return new Float32Array(Uint8Array.from(bytes.subarray(0, 4 * Math.floor(bytes.length / 4))).buffer);
}
