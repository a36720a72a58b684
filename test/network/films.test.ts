import { describe, expect, it } from "vitest";
import { elastic } from "../../src/fem/assembly/forms.js";
import { contactState, reachedContact } from "../../src/fem/model/contact-state.js";
import { detaching } from "../../src/network/model/detachment.js";
import { misfit } from "../../src/network/model/misfit.js";
import { networkParts } from "../../src/network/model/network.js";
import { networkSpec, rowOf } from "./network-spec.js";

/** Pa, mean tractions of two disks after both gave lithium, the second's surface damaged. */
function tractions(clearance: number, damage: number): readonly [number, number] {
  const spec = networkSpec(rowOf(2, [1, 1], clearance));
  const { points } = networkParts(spec);
  const given = new Float64Array(2).fill(spec.initialStoichiometry - 0.3);
  const deform = detaching(points, {
    ...spec,
    misfit: misfit(2, elastic(140e9, 0.3), elastic(2e9, 0.3)),
    radius: spec.packing.radius,
    meanStoichiometry: () => given,
  });
  const contact = reachedContact(points);
  const damaged = Float64Array.from(points.particle, (k) => (k === 1 ? damage : 0));
  const start = { contact: contactState(points) };
  start.contact.damage.set(damaged);
  const step = { start, h: 0, x: given, damage: damaged, share: 1 } as unknown as Parameters<typeof deform>[0];
  const result = deform(step, contact);
  if (!result.ok) throw new Error(result.reason);
  const mean = (k: number): number => {
    let [sum, area] = [0, 0];
    points.particle.forEach((own, p) => {
      if (own !== k) return;
      sum += points.weight[p] * contact.normalTraction[p];
      area += points.weight[p];
    });
    return sum / area;
  };
  return [mean(0), mean(1)];
}

/** By how much the sound disk is relieved when the other lets go of almost all of its surface. */
function relieved(clearance: number): number {
  const sound = tractions(clearance, 0);
  const other = tractions(clearance, 0.99);
  expect(sound[0]).toBeGreaterThan(0);
  expect(Math.abs(sound[1] / sound[0] - 1)).toBeLessThan(1e-12);
  expect(other[1]).toBeLessThan(0.5 * sound[1]);
  return 1 - other[0] / sound[0];
}

describe("a neighbour that lets go", () => {
  it("rids the other side of its pull through a narrow gap, hardly through a wide one", () => {
    const [narrow, wide] = [relieved(0.5e-6), relieved(10e-6)];
    expect(narrow).toBeGreaterThan(0.2);
    expect(wide).toBeGreaterThan(0);
    expect(wide).toBeLessThan(0.4 * narrow);
  });
});
