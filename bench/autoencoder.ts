/** Times the autoencoder: `npx tsx bench/autoencoder.ts [rows] [attributes] [epochs]`. */

import { draws } from "../src/draws/draws.js";
import { autoencoderDefaults, encode } from "../src/inference/autoencoder/autoencoder.js";
import { loadTensorFlow } from "../src/inference/autoencoder/tensorflow.js";
import { makeSamples } from "../src/inference/forest/samples.js";

const [rows = 2000, attributes = 24, epochs = 100] = process.argv.slice(2).map(Number);
const random = draws(1, "benchmark");
const columns = Object.fromEntries(
  Array.from({ length: attributes }, (_, k) => [`a${k}`, Array.from({ length: rows }, () => random.normal())]),
);
const samples = makeSamples(columns, columns.a0);

async function run(): Promise<void> {
  const loaded = await loadTensorFlow();
  const start = performance.now();
  await encode(loaded, samples, { ...autoencoderDefaults, latent: 4, epochs });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  process.stdout.write(`${rows} × ${attributes}, ${epochs} epochs on ${loaded.backend}: ${seconds} s\n`);
}

void run();
