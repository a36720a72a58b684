import { describe, expect, it } from "vitest";
import { limits } from "../../src/fem/model/balances.js";
import { endOf } from "../../validation/protocols/end.js";
import { materials } from "../../validation/protocols/materials.js";
import { type Geometry, protocols, type rates } from "../../validation/protocols/matrix.js";

function run(geometry: Geometry, name: string, protocol: string, rate: (typeof rates)[number]) {
  const material = materials.find((each) => each.name === name);
  if (material === undefined || !(protocol in protocols)) throw new Error(`no ${name}, ${protocol}`);
  const end = endOf({ geometry, material, protocol, rate });
  for (const law of ["lithium", "charge", "momentum"] as const)
    expect(end.balances[law], law).toBeLessThanOrEqual(limits[law]);
  return end;
}

/** Corners of the matrix that `validate protocols` runs as a whole. */
describe("an ordinary protocol runs to its end", () => {
  it.each([
    ["disks", "Chen2020", "4.3/3.0 V", 1],
    ["disks", "ORegan2022", "4.2/2.5 V", 2],
    ["disks", "Chen2020", "hold to C/20", 5],
    ["disks", "LFP", "4.3/3.0 V", 5],
    ["disks", "LFP", "rests of a year", 8],
    ["disks", "LFP", "hold to C/20", 8],
    ["spheres", "NMC111", "own window", 0.05],
    ["spheres", "LCO", "4.2/2.5 V", 8],
    ["network", "LFP", "4.3/3.0 V", 0.05],
    ["network", "Chen2020", "rests of a year", 8],
    ["network", "Mohtat2020", "hold to C/20", 8],
  ] as const)("%s of %s, %s, %sC", (geometry, name, protocol, rate) => {
    const end = run(geometry, name, protocol, rate);
    expect(end).toMatchObject({ kind: "protocol", reason: "" });
    expect(end.smallest).toBeGreaterThan(0);
    expect(end.largest).toBeLessThan(1);
  });

  it.each([
    ["disks", "Chen2020", 5, /^particle \d is empty \(s = \d\.\d+e-5 at its surface\)/],
    ["network", "Mohtat2020", 8, /^particle \d+ is full \(s = 1 − \d\.\d+e-5 at its surface\)/],
  ] as const)(
    "or ends with the name of the particle that is spent: %s of %s, throughput, %sC",
    (geometry, name, rate, reason) => {
      const end = run(geometry, name, "throughput", rate);
      expect(end.kind).toBe("limit");
      expect(end.reason).toMatch(reason);
    },
  );
});
