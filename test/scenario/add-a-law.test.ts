import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { afterAll, describe, expect, it } from "vitest";
import * as original from "../../src/core.js";
import { packageFolder } from "../../src/scenario/version.js";

const root = packageFolder();
const page = readFileSync(join(root, "docs/how-to/add-a-law.md"), "utf8");
const copy = mkdtempSync(join(root, "test", ".add-a-law-"));
const list = "src/fem/law/feedback/feedbacks.ts";
const ownTest = "test/law/threshold.test.ts";
const file = "src/fem/law/feedback/threshold.ts";

/** What the page has in the first block of a language after some words. */
function block(after: string, language = "ts"): string {
  const [, found] = page.slice(page.indexOf(after)).match(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``)) ?? [];
  if (!page.includes(after) || found === undefined) throw new Error(`add-a-law.md: no block after "${after}"`);
  return found;
}

/** The house with the page followed: one file, one line with its import. */
function follow(): void {
  cpSync(join(root, "src"), join(copy, "src"), { recursive: true });
  writeFileSync(join(copy, "package.json"), readFileSync(join(root, "package.json")));
  writeFileSync(join(copy, file), block("**One file**"));
  const [imported, , listed] = block("**One line**").split("\n");
  const before = readFileSync(join(copy, list), "utf8");
  const after = `${imported}\n${before.replace(/^export const feedbacks = .*;$/m, listed)}`;
  expect(after.length).toBeGreaterThan(before.length + imported.length + 5);
  writeFileSync(join(copy, list), after);
  mkdirSync(dirname(join(copy, ownTest)), { recursive: true });
  writeFileSync(join(copy, ownTest), block("**A test**"));
}

/** A charge in which damage passes the threshold. */
const given = (feedback: string) => `
geometry: { lattice: { columns: 1, radius: 5 um, clearance: 6 um } }
coverage: { fractions: 0.5 }
activeMaterial: { eigenstrain: { kind: linear } }
interface: { fatigue: { kind: creep, rate: 0.8 1/s, threshold: 0.02 } }
protocol: { repeat: 1, steps: [{ charge: { rate: 5C, until: { throughput: 0.2 } } }] }
solver: { mesh: { interfaceSize: 2.5 um, largestSize: 5 um }, time: { leastSteps: 8 } }
${feedback}`;

follow();
afterAll(() => rmSync(copy, { recursive: true, force: true }));
const own = (path: string) => import(pathToFileURL(join(copy, path)).href);
const house: typeof original = await own("src/core.ts");
await own(ownTest);

describe("the page that says how a law is added", () => {
  it("leads to a law that a scenario chooses and a simulation obeys", () => {
    const scenario = house.scenarioFrom(given(block("In a scenario", "yaml")));
    expect(scenario.feedback).toEqual({ kind: "threshold", resistance: 0.2, initial: 0, threshold: 0.25 });
    const frames = (from: original.Scenario, laws: original.OwnLaws = {}) =>
      Array.from(house.simulate(from, { laws }), ({ voltage, particles }) => [voltage, particles.damage[0]]);
    const chosen = frames(scenario);
    const brought = { filmResistance: (D: number) => (0.2 * Math.max(0, D - 0.25)) / (1 - 0.25), activity: () => 1 };
    expect(chosen).toEqual(frames({ ...scenario, feedback: { kind: "none" } }, { feedback: brought }));
    expect(chosen.at(-1)?.[1]).toBeGreaterThan(0.3);
  });

  it("leads to messages that know the law", () => {
    const wrong = (feedback: string) => () => house.scenarioFrom(given(feedback));
    expect(wrong("feedback: { kind: threshold, resistance: 5 s }")).toThrow(
      "a area resistance with its unit from 0 ohm m^2",
    );
    expect(wrong("feedback: { kind: threshold, resistance: 1 ohm m^2, threshold: 1 }")).toThrow("from 0 and below 1");
    expect(wrong("feedback: { kind: treshold }")).toThrow("jiang | threshold");
    expect(() => original.scenarioFrom(given("feedback: { kind: threshold }"))).toThrow(/contact \| jiang$/);
  });

  it("has a law and a list without an error of types", () => {
    const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
    const { options } = ts.convertCompilerOptionsFromJson(
      { ...config.compilerOptions, types: [], lib: ["ES2022"] },
      root,
    );
    const program = ts.createProgram([join(copy, file), join(copy, list)], { ...options, noEmit: true, rootDir: root });
    const faults = [file, list].flatMap((path) => {
      const at = program.getSourceFile(join(copy, path));
      return [...program.getSemanticDiagnostics(at), ...program.getSyntacticDiagnostics(at)];
    });
    expect(faults.map(({ messageText }) => messageText)).toEqual([]);
  }, 60_000);
});
