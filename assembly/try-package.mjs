/**
 * Packs the program, installs it in an empty project as a stranger would, compiles a TypeScript program in strict mode that brings its own
 * feedback law, material and protocol, and runs it. Needs `dist`, and npm's registry or its cache.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const { version } = JSON.parse(readFileSync(join(root, "node_modules/typescript/package.json"), "utf8"));
const folder = mkdtempSync(join(tmpdir(), "synchrode-package-"));
const run = (program, words, cwd = folder) =>
  execFileSync(program, words, { cwd, encoding: "utf8", shell: process.platform === "win32" });

const tsconfig = {
  compilerOptions: { strict: true, exactOptionalPropertyTypes: true, module: "NodeNext", target: "ES2022", types: [] },
  files: ["own.ts"],
};

const program = `import { type ActiveMaterial, closedForm, type FeedbackLaw, type ScenarioInput, scenarioFrom, simulate } from "synchrode";

const cathode: ScenarioInput = {
  geometry: { lattice: { columns: 3, radius: "5 um", clearance: "6 um" } },
  coverage: { fractions: [0.9, 0.5, 0.1] },
  protocol: {
    repeat: 3,
    steps: [
      { charge: { rate: "4C", until: { throughput: 0.3, voltage: "4.6 V" } } },
      { rest: { until: { time: "60 s" } } },
      { discharge: { rate: "2C", until: { throughput: 0.3 } } },
    ],
  },
  solver: { mesh: { interfaceSize: "2 um", largestSize: "4 um" } },
};
const feedback: FeedbackLaw = { filmResistance: (damage) => 0.3 * damage * damage, activity: (damage) => 1 - 0.5 * damage };
const material: Pick<ActiveMaterial, "maximumConcentration" | "openCircuitPotential" | "diffusivity" | "exchangeCurrent"> = {
  maximumConcentration: 49_000,
  openCircuitPotential: closedForm((s) => 4.6 - 0.9 * s, () => -0.9, [0, 1]),
  diffusivity: closedForm(() => 4e-14, () => 0, [0, 1]),
  exchangeCurrent: closedForm((s) => 4 * Math.sqrt(s * (1 - s)), (s) => (2 * (1 - 2 * s)) / Math.sqrt(s * (1 - s)), [0.01, 0.99]),
};
let concentrations: number[] = [];
let cycles = 0;
for (const { cycle, particles } of simulate(scenarioFrom(cathode), { material, laws: { feedback } })) {
  cycles = cycle;
  concentrations = Array.from(particles.meanStoichiometry, (s) => s * material.maximumConcentration);
}
console.log(JSON.stringify({ cycles, concentrations }));
`;

try {
  const packed = JSON.parse(run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], root));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "stranger", private: true, type: "module" }));
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(tsconfig));
  writeFileSync(join(folder, "own.ts"), program);
  const wanted = [`./${packed[0].filename}`, `typescript@${version}`];
  run("npm", [
    "install",
    "--omit=optional",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--prefer-offline",
    ...wanted,
  ]);
  run("npx", ["tsc", "-p", "."]);
  const { cycles, concentrations } = JSON.parse(run("node", ["own.js"]));
  const sound = cycles === 3 && concentrations.length === 3 && concentrations.every((c) => c > 0 && c < 49_000);
  if (!sound) throw new Error(`found ${cycles} cycles and concentrations ${concentrations} mol/m³`);
  const size = run("du", ["-sm", "node_modules"]).split("\t")[0];
  process.stdout.write(
    `The packed program compiles and runs in an empty project: ${concentrations.map((c) => c.toFixed(0)).join(", ")} mol/m³ after ${cycles} cycles; ${size} MB installed, TypeScript among them.\n`,
  );
} catch (error) {
  process.stderr.write(`Trying the package: ${error.message}\n${error.stdout ?? ""}${error.stderr ?? ""}\n`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
