/**
 * Bilinear mixed-mode traction–separation law with irreversible damage.
 *
 *   t_n = (1 − D) K δ_n  (δ_n ≥ 0),   t_n = K δ_n  (δ_n < 0: contact is undamaged),   t_s = (1 − D) K δ_s
 *   δ_m = √(⟨δ_n⟩² + δ_s²),   D_s = δ_f (δ_m − δ_0) / (δ_m (δ_f − δ_0)) clipped to [0, 1],   D ← max(D, D_s)
 *   onset       (⟨t_n⟩/N)² + (t_s/S)² = 1
 *   BK          G_c = G_I + (G_II − G_I) x^η
 *   power law   G_c = [((1 − x)/G_I)^η + (x/G_II)^η]^(−1/η),      x = δ_s²/δ_m²
 *   δ_0 = √(1/((1 − x)/N² + x/S²)) / K,   δ_f = 2 G_c / (K δ_0)
 *
 *   δ_n, δ_s  m     opening along the particle's outward normal, sliding
 *   K         Pa/m  penalty stiffness;   N, S  Pa  strengths;   G_I, G_II  J/m²  toughnesses;   η  –  exponent
 *   x         –     share of shear in the opening; 1 in compression, where only sliding damages
 *
 * D stands for the largest opening: at a fixed mode each determines the other. Kept as D, damage by other causes
 * (fatigue) enters the same state.
 *
 * Source: Camanho & Dávila, NASA/TM-2002-211737 (2002); Benzeggagh & Kenane, Compos. Sci. Technol. 56
 * (1996) 439–449.
 */
import { pow, square } from "../../elementary/elementary.js";
import type { CohesiveLaw } from "./law.js";

/** The choice of a scenario file, with the stiffness. */
export interface CohesiveParameters {
  /** Pa/m */
  readonly stiffness: number;
  /** Pa */
  readonly normalStrength: number;
  readonly shearStrength: number;
  /** J/m² */
  readonly normalToughness: number;
  readonly shearToughness: number;
  readonly mixedMode: { readonly kind: "benzeggagh-kenane" | "power"; readonly exponent: number };
}

/** Mixed modes at which the law is checked when it is made. */
const CHECKED_MODES = 64;

const toughnessByMode = {
  "benzeggagh-kenane": (p: CohesiveParameters, x: number) =>
    p.normalToughness + (p.shearToughness - p.normalToughness) * pow(x, p.mixedMode.exponent),
  power: (p: CohesiveParameters, x: number) => {
    const eta = p.mixedMode.exponent;
    return pow(pow((1 - x) / p.normalToughness, eta) + pow(x / p.shearToughness, eta), -1 / eta);
  },
} as const;

/**
 * Effective opening at onset and at full separation, m, for a share `x` of shear in the opening (0 normal, 1 shear).
 */
export function cohesiveOpenings(p: CohesiveParameters, x: number): readonly [onset: number, final: number] {
  const onset = onsetOpening(p, x);
  return [onset, (2 * toughnessByMode[p.mixedMode.kind](p, x)) / (p.stiffness * onset)];
}

function onsetOpening(p: CohesiveParameters, x: number): number {
  return 1 / Math.sqrt((1 - x) / square(p.normalStrength) + x / square(p.shearStrength)) / p.stiffness;
}

/**
 * The law. Throws RangeError where a parameter is not positive, or where the elastic energy at onset reaches the
 * toughness in any mode (N²/2K < G_I, S²/2K < G_II and between): no softening branch is left then.
 */
export function bilinearCohesive(parameters: CohesiveParameters): CohesiveLaw {
  checkCohesive(parameters);
  const stiffness = parameters.stiffness;
  const toughness = toughnessByMode[parameters.mixedMode.kind];
  return {
    traction(normalGap, shearGap, damage, out, share = 1) {
      const opening = Math.max(normalGap, 0);
      const square = opening * opening + shearGap * shearGap;
      let next = damage;
      let slope = 0;
      if (square > 0) {
        const x = (shearGap * shearGap) / square;
        const reached = Math.sqrt(square);
        const onset = onsetOpening(parameters, x);
        if (reached > onset) {
          const final = (2 * toughness(parameters, x)) / (stiffness * onset);
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
  };
}

/**
 * A linear interface (static damage off): the damage handed in degrades opening and sliding and is handed back.
 *
 * @param stiffness Pa/m, > 0
 */
export function elasticInterface(stiffness: number): CohesiveLaw {
  if (!(stiffness > 0 && Number.isFinite(stiffness)))
    throw new RangeError(`elastic interface: found stiffness ${stiffness} Pa/m; it must be positive.`);
  return {
    traction: (normalGap, shearGap, damage, out) => degrade(stiffness, normalGap, shearGap, damage, out),
  };
}

function degrade(
  stiffness: number,
  normalGap: number,
  shearGap: number,
  damage: number,
  out: Parameters<CohesiveLaw["traction"]>[3],
): void {
  const left = (1 - damage) * stiffness;
  out.normalSecant = normalGap < 0 ? stiffness : left;
  out.shearSecant = left;
  out.normal = out.normalSecant * normalGap;
  out.shear = left * shearGap;
  out.damage = damage;
  out.softening = 0;
}

/** Effective opening √(⟨δ_n⟩² + δ_s²), m. */
export function effectiveOpening(normalGap: number, shearGap: number): number {
  const opening = Math.max(0, normalGap);
  return Math.sqrt(opening * opening + shearGap * shearGap);
}

/** Energy stored in the interface, J/m²: ½ K [(1 − D)(⟨δ_n⟩² + δ_s²) + ⟨−δ_n⟩²]. */
export function interfaceEnergy(stiffness: number, normalGap: number, shearGap: number, damage: number): number {
  const contact = Math.min(0, normalGap);
  return 0.5 * stiffness * ((1 - damage) * square(effectiveOpening(normalGap, shearGap)) + contact * contact);
}

/**
 * Energy dissipated in a step, J/m²: ½ K δ_m^n δ_m^{n+1} (D^{n+1} − D^n) ≥ 0 from the effective openings before and
 * after. For proportional opening it is exactly the work ½ (t^n + t^{n+1})(δ^{n+1} − δ^n) less the change of the
 * stored energy, and along the softening line exactly the area under it.
 */
export function dissipationIncrement(
  stiffness: number,
  openingOld: number,
  openingNew: number,
  damageOld: number,
  damageNew: number,
): number {
  return 0.5 * stiffness * openingOld * openingNew * (damageNew - damageOld);
}

function checkCohesive(p: CohesiveParameters): void {
  const { stiffness, normalStrength, shearStrength, normalToughness, shearToughness, mixedMode } = p;
  const positive = { stiffness, normalStrength, shearStrength, normalToughness, shearToughness };
  for (const [name, value] of Object.entries({ ...positive, exponent: mixedMode.exponent }))
    if (!(value > 0 && Number.isFinite(value)))
      throw new RangeError(`cohesive law: found ${name} ${value}; it must be positive.`);
  for (let k = 0; k <= CHECKED_MODES; k++) {
    const x = k / CHECKED_MODES;
    const [onset, final] = cohesiveOpenings(p, x);
    if (!(final > onset)) throw new RangeError(snapBack(p, x, onset, final));
  }
}

function snapBack(p: CohesiveParameters, x: number, onset: number, final: number): string {
  const stored = 0.5 * p.stiffness * onset * onset;
  const toughness = 0.5 * p.stiffness * onset * final;
  return (
    `cohesive law: at a share ${x} of shear the energy stored at onset, ${stored.toPrecision(4)} J/m², reaches the ` +
    `toughness ${toughness.toPrecision(4)} J/m²; strength²/(2 stiffness) must stay below it. Raise the toughness or ` +
    "the stiffness, or lower the strength."
  );
}
