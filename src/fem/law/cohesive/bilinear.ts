/**
 * Bilinear mixed-mode traction–separation law with irreversible damage.
 *
 *   t_n = (1 − D) K δ_n  (δ_n ≥ 0),   t_n = K δ_n  (δ_n < 0: contact is undamaged),   t_s = (1 − D) K δ_s
 *   δ_m = √(⟨δ_n⟩² + δ_s²),   D_s = δ_f (δ_m − δ_0) / (δ_m (δ_f − δ_0)) clipped to [0, 1],   D ← max(D, D_s)
 *   onset       (⟨t_n⟩/N)² + (t_s/S)² = 1
 *   δ_0 = √(1/((1 − x)/N² + x/S²)) / K,   δ_f = 2 G_c / (K δ_0),   x = δ_s²/δ_m²
 *
 *   δ_n, δ_s, K, D   as in `cohesive.ts`;   N, S  Pa  strengths;   G_c(x)  J/m²  toughness, in `mixed-mode.ts`
 *   x                –  share of shear in the opening; 1 in compression, where only sliding damages
 *
 * Source: Camanho & Dávila, NASA/TM-2002-211737 (2002).
 */
import { square } from "../../../elementary/elementary.js";
import type { ValuesOf, Wrong } from "../../../schema/kind.js";
import { means, positive } from "../../../schema/leaf.js";
import { cohesive, degrade } from "./cohesive.js";
import { mixedMode, toughnessAt } from "./mixed-mode.js";

/** Mixed modes between pure opening and pure shear at which there must be a softening branch. */
const CHECKED_MODES = 64;

const keys = {
  normalStrength: means("strength in opening", positive("pressure")),
  shearStrength: means("strength in shear; left out, that in opening", positive("pressure").optional()),
  normalToughness: means("energy to part a surface by opening", positive("toughness")),
  shearToughness: means(
    "energy to part a surface by shear; left out, that by opening",
    positive("toughness").optional(),
  ),
  mixedMode,
};

/** Strengths in Pa and toughnesses in J/m²: in shear as in opening unless they are given. */
export interface Bilinear extends ValuesOf<typeof keys> {
  shearStrength: number;
  shearToughness: number;
}

/** Strengths and toughnesses by opening and by shear. */
export const bilinear = cohesive({
  kind: "bilinear",
  keys,
  settle: (said: ValuesOf<typeof keys>): Bilinear => ({
    ...said,
    shearStrength: said.shearStrength ?? said.normalStrength,
    shearToughness: said.shearToughness ?? said.normalToughness,
  }),
  faults: hardening,
  law: (choice, stiffness) => ({
    traction(normalGap, shearGap, damage, out, share = 1) {
      const opening = Math.max(normalGap, 0);
      const square = opening * opening + shearGap * shearGap;
      let next = damage;
      let slope = 0;
      if (square > 0) {
        const x = (shearGap * shearGap) / square;
        const reached = Math.sqrt(square);
        const onset = onsetOpening(choice, stiffness, x);
        if (reached > onset) {
          const final = (2 * toughnessAt(choice, x)) / (stiffness * onset);
          const asked = Math.min(1, (final * (reached - onset)) / (reached * (final - onset)));
          if (asked > damage) {
            next = damage + share * (asked - damage);
            if (asked < 1) slope = (share * final * onset) / (square * (final - onset));
          }
        }
      }
      degrade(stiffness, normalGap, shearGap, next, out);
      if (slope > 0) out.softening = (stiffness * slope) / Math.sqrt(square);
    },
  }),
});

/**
 * Effective opening at onset and at full separation, m, for a share `x` of shear in the opening (0 normal, 1 shear).
 * @param stiffness Pa/m
 */
export function cohesiveOpenings(
  choice: Bilinear,
  stiffness: number,
  x: number,
): readonly [onset: number, final: number] {
  const onset = onsetOpening(choice, stiffness, x);
  return [onset, (2 * toughnessAt(choice, x)) / (stiffness * onset)];
}

function onsetOpening({ normalStrength, shearStrength }: Bilinear, stiffness: number, x: number): number {
  return 1 / Math.sqrt((1 - x) / square(normalStrength) + x / square(shearStrength)) / stiffness;
}

/** The first mode, pure ones before mixed ones, in which the energy stored at onset reaches the toughness. */
function hardening(choice: Bilinear, stiffness: number): readonly Wrong[] {
  if (!(stiffness > 0 && Number.isFinite(stiffness)))
    return [{ found: `stiffness ${stiffness} Pa/m`, allowed: "above 0 Pa/m" }];
  const pure = [
    [choice.normalStrength, choice.normalToughness, ""],
    [choice.shearStrength, choice.shearToughness, ""],
  ] as const;
  const mixed = Array.from({ length: CHECKED_MODES - 1 }, (_, k) => {
    const x = (k + 1) / CHECKED_MODES;
    const strength = stiffness * onsetOpening(choice, stiffness, x);
    return [strength, toughnessAt(choice, x), ` where a share ${x} of the opening is shear`] as const;
  });
  const wrong = [...pure, ...mixed].find(
    ([strength, toughness]) => toughness <= (strength * strength) / (2 * stiffness),
  );
  if (wrong === undefined) return [];
  const [strength, toughness, where] = wrong;
  const least = (strength * strength) / (2 * stiffness);
  return [
    {
      found: `${toughness} J/m² at ${strength} Pa and ${stiffness} Pa/m${where}`,
      allowed: `toughness above strength²/(2·stiffness) = ${least} J/m²: the law must soften after its peak`,
    },
  ];
}
