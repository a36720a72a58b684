import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { inert } from "../../src/report/result-file.js";
import { say } from "../cli/said.js";
import { scratchFolder } from "../scratch-folder.js";
import { writeResultFolder } from "./result-folder.js";

const { folder, written } = scratchFolder();

/** What would run, load or lead away, in text and in attributes. */
const payload = `"><img src=x onerror=alert(1)><meta http-equiv="refresh" content="0;url=//evil"><script>alert(1)</script>`;
const opened = /<(?:img src=x|meta http-equiv="?refresh|script>alert)/i;

/** Keys whose values once came into a page as they were, and a fifth of the others: all of them were tried when this was written. */
const sampled = (keys: ReadonlySet<string>) =>
  [...keys].filter((key, k) => k % 5 === 0 || ["from", "iterations", "degree", "particles"].includes(key));

const kinds = ["run", "fit", "compare", "learn", "sweep"] as const;

/** A folder of results of each kind, as the program writes them. */
beforeAll(async () => {
  const at = (name: string) => join(folder, name);
  writeResultFolder(at("run"), { cycles: 4, steps: 6 });
  const rows = Array.from({ length: 12 }, (_, k) => `${0.3 + 0.05 * k},${4.2 - 0.04 * k + 0.001 * (k % 3)}`);
  written("ocp.csv", `s,U [V]\n${rows.join("\n")}\n`);
  const fit = `predict: { kind: ocp, steps: 0 }
data: { cell: { file: ocp.csv, columns: { stoichiometry: s, voltage: "U [V]" } } }
parameters: { offset: { from: 3 V, to: 5 V }, slope: { from: -3 V, to: 0 V } }
method: { kind: levenberg-marquardt, profiles: 2 }
`;
  expect((await say("fit", written("fit.yaml", fit), "--out", at("fit"), "--no-report")).status).toBe(0);
  const [early, late] = ["scenarios/tables/planted-early.csv", "scenarios/tables/planted-late.csv"];
  const few = ["--permutations", "19", "--resamples", "20"];
  expect((await say("compare", early, late, "--out", at("compare"), ...few)).status).toBe(0);
  const small = ["--runs", "1", "--latent", "0", "--rows", "120", "--subsample", "100", "--jobs", "1"];
  expect((await say("learn", early, "--out", at("learn"), ...small)).status).toBe(0);
  mkdirSync(at("sweep"));
  const sweep = {
    title: "Sweep",
    scenario: "s.yaml",
    design: "grid",
    replicates: 1,
    axes: [{ name: "rate", columns: { number: "rate", word: null }, drawn: false }],
    metrics: [{ name: "meanDamageLast", column: "Mean damage" }],
    runs: { total: 2, scenarios: 2, done: 2, failed: 0, open: 0 },
    effects: [],
    rule: null,
    failures: [{ run: 1, scenario: "s.yaml", reason: "no" }],
    inputs: [],
  };
  writeFileSync(join(at("sweep"), "sweep.json"), JSON.stringify(sweep));
  writeFileSync(join(at("sweep"), "runs.csv"), "Run,rate,Mean damage\n1,1,0.1\n2,5,0.3\n");
}, 240_000);

/** A copy with one file changed, gone before the next. */
function changed(kind: string, file: string, change: (text: string) => string | null): string {
  const copy = join(folder, "copy");
  rmSync(copy, { recursive: true, force: true });
  cpSync(join(folder, kind), copy, { recursive: true });
  const text = change(readFileSync(join(folder, kind, file), "utf8"));
  if (text === null) rmSync(join(copy, file));
  else writeFileSync(join(copy, file), text);
  return copy;
}

const filesOf = (kind: string) =>
  readdirSync(join(folder, kind), { withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(json|csv)$/.test(entry.name) && !entry.name.startsWith("."))
    .map(({ name }) => name);

const damages: Readonly<Record<string, (text: string) => string | null>> = {
  absent: () => null,
  empty: () => "",
  "cut off": (text) => text.slice(0, Math.floor(text.length / 2)),
  "a list": () => "[]",
  "an empty mapping": () => "{}",
  null: () => "null",
  "words for numbers": (text) =>
    text.replace(/\d+(?:\.\d+)?/g, (digits, at: number) => (at % 3 === 0 ? '"x"' : digits)),
  "mappings for lists": (text) => text.replaceAll("[", "{").replaceAll("]", "}"),
  "nothing for numbers": (text) => text.replace(/: ?\d+(?:\.\d+)?/g, ": null"),
};

describe.each(kinds)("a damaged folder of %s", (kind) => {
  it.each(Object.keys(damages))("with a file that is %s ends in a page or in one message", async (how) => {
    for (const file of filesOf(kind)) {
      const { status, err } = await say("report", changed(kind, file, damages[how]!));
      expect([0, 2], `${file}: ${err}`).toContain(status);
      expect(err).not.toMatch(/\n\s+at |undefined is not|Cannot read properties/);
      if (status === 2) expect(err.trim().split("\n").length, err).toBeLessThanOrEqual(2);
    }
  });
});

describe.each(kinds)("a folder of %s from somebody hostile", (kind) => {
  /** Every leaf of a file that `pick` chooses says the payload instead. */
  const injected = (text: string, file: string, pick: (value: unknown, key: string) => boolean): string => {
    if (file.endsWith(".json"))
      return JSON.stringify(JSON.parse(text, (key, value: unknown) => (pick(value, key) ? payload : value)));
    const quoted = `"${payload.replaceAll('"', '""')}"`;
    return text.replace(/(?<=,|\n)([A-Za-z][^,\n]*)/g, (word) => (pick(word, word) ? quoted : word));
  };

  async function pageOf(file: string, pick: (value: unknown, key: string) => boolean): Promise<string> {
    const copy = changed(kind, file, (text) => injected(text, file, pick));
    const { status } = await say("report", copy);
    return status === 0 ? readFileSync(join(copy, "report.html"), "utf8") : "";
  }

  it("gets no element of its own into the page by any text", async () => {
    for (const file of filesOf(kind)) {
      const texts = new Set<string>();
      if (file.endsWith(".json"))
        JSON.parse(readFileSync(join(folder, kind, file), "utf8"), (key, value: unknown) => {
          if (typeof value === "string" && !/^\d+$/.test(key)) texts.add(key);
          return value;
        });
      for (const key of sampled(texts))
        expect(
          await pageOf(file, (value, own) => own === key && typeof value === "string"),
          `${basename(file)} ${key}`,
        ).not.toMatch(opened);
    }
  }, 240_000);

  it("neither where numbers are due", async () => {
    for (const file of filesOf(kind).filter((name) => name.endsWith(".json"))) {
      const numbers = new Set<string>();
      JSON.parse(readFileSync(join(folder, kind, file), "utf8"), (key, value: unknown) => {
        if (typeof value === "number" && !/^\d+$/.test(key)) numbers.add(key);
        return value;
      });
      for (const key of sampled(numbers))
        expect(
          await pageOf(file, (value, own) => own === key && typeof value === "number"),
          `${file} ${key}`,
        ).not.toMatch(opened);
    }
  }, 240_000);
});

describe("texts of results", () => {
  it("cannot open an element, and keep what opens none", () => {
    expect(inert("p < 0.05 and a<b, <3")).toBe("p < 0.05 and a‹b, <3");
    expect(inert(payload)).not.toMatch(/<[a-z/!?]/i);
  });

  it("are under a policy that neither forms nor bases may leave", async () => {
    const { status } = await say("report", join(folder, "run"));
    expect(status).toBe(0);
    const page = readFileSync(join(folder, "run", "report.html"), "utf8");
    expect(page).toContain("form-action 'none'; base-uri 'none'");
    expect(page).toContain("default-src 'none'");
  });
});

describe("a page about several runs", () => {
  it("leaves the first run's own page as it is", async () => {
    writeResultFolder(join(folder, "first"), { cycles: 3, steps: 5 });
    writeResultFolder(join(folder, "off"), { cycles: 3, steps: 5, feedback: "off" });
    await say("report", join(folder, "first"));
    const own = readFileSync(join(folder, "first", "report.html"), "utf8");
    const { status, out } = await say("report", join(folder, "first"), join(folder, "off"));
    expect(status).toBe(0);
    expect(out).toContain("comparison.html");
    expect(readFileSync(join(folder, "first", "report.html"), "utf8")).toBe(own);
    expect(readFileSync(join(folder, "first", "comparison.html"), "utf8")).not.toBe(own);
  });
});
