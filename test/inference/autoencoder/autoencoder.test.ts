import { describe, expect, it } from "vitest";
import { autoencoderDefaults, encode } from "../../../src/inference/autoencoder/autoencoder.js";
import { principalComponents } from "../../../src/inference/autoencoder/principal-components.js";
import { loadTensorFlow } from "../../../src/inference/autoencoder/tensorflow.js";
import { curvedSurface, straightMixture } from "../../../validation/learning/manifolds.js";
import { expectNear } from "../../law/tolerance.js";

describe("the autoencoder", async () => {
  const loaded = await loadTensorFlow();
  const settings = { ...autoencoderDefaults, epochs: 40 };

  it("is as good as principal components where all is straight", async () => {
    const found = await encode(loaded, straightMixture(300), { ...settings, latent: 3, epochs: 10 });
    expect(found.r2).toBeGreaterThan(found.principalR2 - 0.01);
    expect(found.principalR2).toBeGreaterThan(0.95);
    expect(Math.max(...found.targetCorrelations.map(Math.abs))).toBeGreaterThan(0.3);
    expect(found.correlations).toHaveLength(3);
  });

  it("is better where the attributes lie on a curved surface", async () => {
    const found = await encode(loaded, curvedSurface(300), settings);
    expect(found.r2).toBeGreaterThan(found.principalR2 + 0.03);
  });

  it("gives the same numbers for the same seed", async () => {
    const run = (seed: number) => encode(loaded, curvedSurface(100), { ...settings, epochs: 3, seed });
    expect(await run(1)).toEqual(await run(1));
    expect((await run(2)).r2).not.toBe((await run(1)).r2);
  });

  it("says what it ran on", () => {
    expect(["tensorflow", "wasm", "cpu"]).toContain(loaded.backend);
  });
});

it("has orthonormal principal components that hold the largest variance", () => {
  const rows = [
    [1, 1, 0],
    [-1, -1, 0],
    [0, 0, 1],
    [0, 0, -1],
  ];
  const { directions, r2 } = principalComponents(rows, 1);
  expectNear(r2, 4 / 6, 1e-12);
  expectNear(Math.abs(directions[0][0]), Math.SQRT1_2, 1e-12);
  expectNear(directions[2][0], 0, 1, 1e-12);
});
