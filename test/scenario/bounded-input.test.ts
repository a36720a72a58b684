import { describe, expect, it } from "vitest";
import { say } from "../cli/said.js";
import { scratchFolder } from "../scratch-folder.js";
import { right } from "./malformed.js";

const { written } = scratchFolder();

const check = (name: string, text: string, ...options: string[]) => say("check", written(name, text), ...options);

describe("a scenario file of thousands of unknown keys", () => {
  it("is told by its first faults and their number", async () => {
    const keys = Array.from({ length: 30_000 }, (_, k) => `key${k}: 1\n`).join("");
    const { status, err } = await check("many.yaml", right + keys);
    expect(status).toBe(2);
    const lines = err.split("\n");
    expect(lines).toHaveLength(21);
    expect(lines[20]).toContain("29980 more faults");
  });
});

describe("names that every object has", () => {
  it.each(["__proto__", "constructor", "prototype"])("are no keys of a scenario: %s", async (name) => {
    const { status, err } = await check(`${name}.yaml`, `${right}${name}: { title: Other }\n`);
    expect(status).toBe(2);
    expect(err).toContain(`the unknown key "${name}"`);
  });

  it("neither under a base nor deeper down", async () => {
    written("base.yaml", right);
    const over = await check("over.yaml", "base: base.yaml\nprotocol: { __proto__: { repeat: 7 } }\n");
    expect([over.status, over.err.includes("__proto__")]).toEqual([2, true]);
    const named = await check("string.yaml", "base: base.yaml\nsolver: { toString: 3 }\n");
    expect([named.status, named.err.includes("toString")]).toEqual([2, true]);
  });
});

describe("check", () => {
  const limits = (voltage: string) => right.replace("voltage: 4.8 V", `voltage: ${voltage}`);

  it("warns of a voltage limit beyond what the potential reaches, and only then", async () => {
    const beyond = await check("beyond.yaml", limits("4.8 V"));
    expect(beyond.status).toBe(0);
    expect(beyond.out).toMatch(
      /Warning. Step 1 \(charge\): 4.8 V is above 4\.\d+ V, what the open-circuit potential reaches/,
    );
    expect((await check("inside.yaml", limits("4.0 V"))).out).not.toContain("Warning");
    const low = right.replace(
      "discharge: { rate: 5C, until: { throughput: 0.5 } }",
      "discharge: { rate: 5C, until: { voltage: 2.8 V } }",
    );
    expect((await check("low.yaml", low)).out).toMatch(/Step 2 \(discharge\): 2.8 V is below/);
  });

  it("names what is really used, and writes lists as lists", async () => {
    const { out } = await check("named.yaml", right);
    expect(out).toContain(
      "material ORegan2022 (diffusivity: a constant of the scenario; exchange current: the symmetric form",
    );
    const small = `base: named.yaml
fidelity: network
geometry: { kind: null, lattice: null, packing: { particles: 5, radius: 5 um, solidFraction: 0.2, boundary: walls } }
coverage: { pattern: arc, fractions: 0.5 }
`;
    const { status, out: json } = await check("network.yaml", small, "--json");
    expect(status).toBe(0);
    const { scenario, warnings } = JSON.parse(json);
    expect(scenario.network.packing.radius).toEqual([5e-6, 5e-6, 5e-6, 5e-6, 5e-6]);
    expect(warnings).toHaveLength(1);
  });

  it("takes the slowest rate that the documentation allows", async () => {
    const slow = right.replaceAll("rate: 5C", "rate: 0.0001C");
    expect((await check("slow.yaml", slow)).status).toBe(0);
    expect((await check("slower.yaml", slow.replace("0.0001C", "0.00009C"))).status).toBe(2);
  });
});

describe("run", () => {
  it("refuses before anything is computed what takes more memory than there is", async () => {
    const { status, err } = await say(
      "run",
      written("large.yaml", right),
      "--memory",
      "50 MB",
      "--out",
      written("out/none", "").replace("/none", "-new"),
    );
    expect(status).toBe(2);
    expect(err).toMatch(/The run takes about \d+ MB of memory; 50 MB are there/);
  });
});
