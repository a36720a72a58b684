import { draws } from "../../src/draws/draws.js";
import { type ParticleTable, particleTable } from "../../src/table/particle-table.js";

/**
 * Particles whose damage follows their own shape early and their neighbourhood late, with the groups of Li et al. (2022);
 * `Inner surface` is made from the damage itself.
 */
export function twoStates(rows = 600, seed = 0): { readonly early: ParticleTable; readonly late: ParticleTable } {
  const state = (name: string, own: number, around: number) => {
    const random = draws(seed, name);
    const normal = () => Float64Array.from({ length: rows }, () => random.normal());
    const anywhere = () => Float64Array.from({ length: rows }, () => 100 * random.uniform());
    const [radius, elongation, contact, packing, distance] = [normal(), normal(), normal(), normal(), normal()];
    const damage = radius.map(
      (r, k) =>
        0.2 +
        0.02 * (own * (r + elongation[k]) + around * (contact[k] - packing[k] + distance[k])) +
        0.01 * random.normal(),
    );
    return particleTable({
      Particle: Float64Array.from(radius, (_, k) => k + 1),
      "x [um]": anywhere(),
      "y [um]": anywhere(),
      "z [um]": anywhere(),
      "Particle radius [um]": radius.map((r) => 5 * Math.exp(0.2 * r)),
      Elongation: elongation.map((e) => 1.4 + 0.1 * e),
      "Volume [um3]": radius.map((r) => (4 / 3) * Math.PI * (5 * Math.exp(0.2 * r)) ** 3),
      "Inner surface [um2]": damage.map((d) => 100 * d + 0.1 * random.normal()),
      "Electron density": normal(),
      Contact: contact,
      "Packing density": packing,
      "Distance of six nearest [um]": distance,
      Damage: damage,
      "Largest damage": damage.map((d) => 2 * d),
      "Touches edge": radius.map((_, k) => (k % 25 === 0 ? 1 : 0)),
    });
  };
  return { early: state("early", 1, 0.15), late: state("late", 0.15, 1) };
}
