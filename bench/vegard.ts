/** Times the inference of a composition-strain law, in processor seconds: `npx tsx bench/vegard.ts [pixels …]`. */
import { freeParticle } from "../src/inference/vegard/free-particle.js";
import { inferLaw } from "../src/inference/vegard/infer.js";
import { crystals, planeStiffness } from "../src/inference/vegard/stiffness.js";
import { madePlatelets, mapsOf, plateletSettings } from "../validation/vegard/platelets.js";

const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [64, 128];

function seconds(run: () => unknown): string {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return `${((user + system) / 1e6).toFixed(2)} s`;
}

/** One disk: mesh and factorisation once, then an answer for each function of composition and component. */
function timeParticle(pixels: number, order: 1 | 2): void {
  const grid = { width: pixels, height: pixels, pixel: [1, 1] } as const;
  const place = (k: number) => [(k % pixels) - pixels / 2, Math.floor(k / pixels) - pixels / 2] as const;
  const mask = Float64Array.from({ length: pixels ** 2 }, (_, k) => (Math.hypot(...place(k)) < 0.4 * pixels ? 1 : 0));
  const field = mask.map((_, k) => Math.sin(place(k)[0] / 5));
  const strain = new Float64Array(3 * mask.length);
  const stiffness = planeStiffness(crystals.FePO4, ["a", "c"], "planeStress", 0);
  let particle = freeParticle(grid, mask, () => stiffness, order);
  const first = seconds(() => {
    particle = freeParticle(grid, mask, () => stiffness, order);
  });
  const ten = seconds(() => {
    for (let k = 0; k < 10; k++) particle.respond([1, 0, 0], field, strain);
  });
  console.log(
    `disk of ${pixels} pixels, order ${order}, ${particle.unknowns} unknowns: prepared ${first}; ten answers ${ten}`,
  );
}

for (const pixels of sizes) for (const order of [1, 2] as const) timeParticle(pixels, order);

const maps = mapsOf(madePlatelets({ pixels: 64, strainNoise: 0.003, compositionNoise: 0.02 }));
console.log(
  `five platelets of 64 pixels: ${seconds(() => inferLaw(maps, { ...plateletSettings, compositionNoise: "estimate" }))}`,
);
