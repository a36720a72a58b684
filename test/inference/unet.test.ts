import { beforeAll, describe, expect, it } from "vitest";
import { draws } from "../../src/draws/draws.js";
import { volume } from "../../src/imaging/volume/volume.js";
import { type Loaded, loadTensorFlow } from "../../src/inference/autoencoder/tensorflow.js";
import { labelledExamples, paintedExample, pixelFor, seenSize } from "../../src/inference/unet/example.js";
import { addKernelGradient } from "../../src/inference/unet/kernel-gradient.js";
import { type Model, modelOf, modelText } from "../../src/inference/unet/model.js";
import { inputChannels, network, randomWeights } from "../../src/inference/unet/network.js";
import { probabilities } from "../../src/inference/unet/predict.js";
import { channelsOf, resized } from "../../src/inference/unet/slice-picture.js";
import { train, usualTraining } from "../../src/inference/unet/train.js";

let loaded: Loaded;
beforeAll(async () => {
  loaded = await loadTensorFlow();
});

const random = (count: number, name: string) => {
  const stream = draws(3, name);
  return Float32Array.from({ length: count }, () => stream.uniform());
};

describe("pictures as a network sees them", () => {
  it("keep their numbers at the same size, and their mean at half", () => {
    const data = random(8 * 12, "picture");
    const picture = { rows: 8, columns: 12, data };
    expect(resized(picture, 8, 12).data).toEqual(data);
    const half = resized(picture, 4, 6).data;
    const due = (data[0] + data[1] + data[12] + data[13]) / 4;
    expect(Math.abs(half[0] / due - 1)).toBeLessThan(1e-6);
    const flat = { rows: 30, columns: 31, data: new Float32Array(930).fill(0.7) };
    for (const value of resized(flat, 7, 45).data) expect(Math.abs(value / 0.7 - 1)).toBeLessThan(1e-6);
  });

  it("bring what is around as a second channel", () => {
    const flat = channelsOf({ rows: 5, columns: 6, data: new Float32Array(30).fill(0.25) });
    expect(flat).toHaveLength(30 * inputChannels);
    for (const value of flat) expect(Math.abs(value / 0.25 - 1)).toBeLessThan(1e-6);
  });

  it("are scaled so that the mean particle has twelve pixels", () => {
    const labels = Int32Array.from({ length: 10_000 }, (_, i) => {
      const [y, x] = [Math.floor(i / 100) - 50, (i % 100) - 50];
      return y * y + x * x <= 40 * 40 ? 5 : 0;
    });
    const slice = volume(Float32Array.from(labels), [1, 100, 100], [1, 0.5, 0.5]);
    const pixel = pixelFor(slice, labels);
    expect(Math.abs(pixel / (20 / 12) - 1)).toBeLessThan(0.005);
    expect(seenSize(slice, pixel)).toEqual([30, 30]);
    const [example] = labelledExamples(slice, labels, pixel);
    const area = example.inside.reduce((sum, value) => sum + value, 0);
    expect(Math.abs(area / (Math.PI * 144) - 1)).toBeLessThan(0.02);
  });
});

describe("a U-Net", () => {
  it("has the gradients that plain JavaScript computes", async () => {
    const { tf } = loaded;
    const picture = random(2 * 16 * 16 * inputChannels, "gradient");
    const gradients = () => {
      const made = network(tf, randomWeights(2, draws(5, "weights")));
      const shown = tf.tensor4d(picture, [2, 16, 16, inputChannels]);
      const { grads } = tf.variableGrads(() => made.forward(shown).square().mean().asScalar());
      return Object.values(grads).map((gradient) => [...gradient.dataSync()]);
    };
    addKernelGradient(tf);
    const found = gradients();
    await tf.setBackend("cpu");
    const due = gradients();
    await tf.setBackend(loaded.backend);
    expect(found).toHaveLength(due.length);
    for (const [k, values] of due.entries()) {
      const largest = Math.max(...values.map(Math.abs));
      for (const [i, value] of values.entries()) {
        expect(Math.abs(found[k][i] - value)).toBeLessThan(1e-4 * largest);
      }
    }
  });

  it("learns painted particles, the same for the same seed", async () => {
    const examples = [1, 2].map((seed) => paintedExample(64, draws(seed, "labelled")));
    const settings = { ...usualTraining, channels: 4, batches: 60, labelled: 1, painted: 1, edge: 32, rate: 0.01 };
    const losses: number[] = [];
    const weights = await train(loaded, examples, settings, (_, loss) => losses.push(loss));
    expect(losses.at(-1)!).toBeLessThan(0.6 * losses[0]);
    const few = { ...settings, batches: 10 };
    expect(await train(loaded, examples, few)).toEqual(await train(loaded, examples, few));
    await expect(train(loaded, [paintedExample(24, draws(1, "small"))], settings)).rejects.toThrow("24 × 24 pixels");
    const seen = paintedExample(62, draws(8, "unseen"));
    const grey = Float32Array.from({ length: 62 * 62 }, (_, i) => seen.channels[inputChannels * i]);
    const model = { pixel: 1, channels: 4, weights, provenance: [] };
    const { data } = await probabilities(loaded, volume(grey, [1, 62, 62], [1, 1, 1]), model);
    const right = data.reduce((sum, p, i) => sum + (p > 0.5 === seen.inside[i] > 0.5 ? 1 : 0), 0);
    expect(right / data.length).toBeGreaterThan(0.93);
  });

  it("goes into a file and comes back", () => {
    const weights = randomWeights(2, draws(1, "weights"));
    const model: Model = { pixel: 0.5, channels: 2, weights, provenance: ["a slice"] };
    expect(modelOf(modelText(model))).toEqual(model);
  });

  const text = modelText({ pixel: 1, channels: 2, weights: randomWeights(2, draws(1, "weights")), provenance: [] });
  for (const [name, content, reason] of [
    ["no JSON", "{", /no JSON/],
    ["nothing", "null", /the format \(none\)/],
    ["another format", text.replace("U-Net 1", "U-Net 9"), /U-Net 9/],
    ["no pixel", text.replace(/"pixel": 1/, '"pixel": 0'), /no pixel/],
    ["other channels", text.replace(/"channels": 2/, '"channels": 8'), /not those of 8 channels/],
    ["weights cut short", text.replace(/"kernel": "..../, '"kernel": "'), /not those of 2/],
    ["a missing layer", text.replace(/"name": "a1"/, '"name": "z1"'), /not those of 2/],
  ] as const) {
    it(`is refused with ${name}`, () => {
      expect(() => modelOf(content)).toThrow(reason);
      expect(() => modelOf(content)).toThrow("synchrode train");
    });
  }
});
