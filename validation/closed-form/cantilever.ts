/**
 * Double cantilever beam, two arms of height h and width b that are pulled apart at one end of a crack of length a.
 *
 *   C = δ/P = 8a³/(E b h³),   G = 12 P² a²/(E b² h³),   P_c = b √(G_c E h³/12)/a
 *   on an elastic cohesive foundation  C → C [1 + 3/(λa) + 3/(λa)² + 3/(2(λa)³)],  λ = (6K/(E h³))^(1/4)
 *
 *   δ  m opening of the load points (both arms);  P  N;  E  Pa (E/(1−ν²) in plane strain);  K  Pa/m interface stiffness
 *
 * Source: beam theory; Williams, Int. J. Fract. 36 (1988) 101–119; Kanninen, Int. J. Fract. 9 (1973) 83–92.
 */

export interface Cantilever {
  /** Pa */
  readonly youngModulus: number;
  /** m, of one arm. */
  readonly height: number;
  /** m */
  readonly width: number;
}

/** Opening per force, m/N. */
export function compliance(beam: Cantilever, crack: number): number {
  return (8 * crack ** 3) / (beam.youngModulus * beam.width * beam.height ** 3);
}

/** Energy release rate under a force, J/m². */
export function energyRelease(beam: Cantilever, crack: number, force: number): number {
  return (12 * force ** 2 * crack ** 2) / (beam.youngModulus * beam.width ** 2 * beam.height ** 3);
}

/** Force at which a crack grows, N. */
export function criticalForce(beam: Cantilever, crack: number, toughness: number): number {
  return (beam.width * Math.sqrt((toughness * beam.youngModulus * beam.height ** 3) / 12)) / crack;
}

/** Inverse length over which the interface ahead of the crack opens, 1/m. */
export function foundationWaveNumber(beam: Cantilever, interfaceStiffness: number): number {
  return ((6 * interfaceStiffness) / (beam.youngModulus * beam.height ** 3)) ** 0.25;
}

/** Compliance with an elastic interface of stiffness K ahead of the crack, m/N; the uncracked part is long. */
export function complianceOnFoundation(beam: Cantilever, crack: number, interfaceStiffness: number): number {
  const x = foundationWaveNumber(beam, interfaceStiffness) * crack;
  return compliance(beam, crack) * (1 + 3 / x + 3 / x ** 2 + 3 / (2 * x ** 3));
}

/** Cohesive zone length E G_c/σ_c², m (E/(1−ν²) in plane strain); elements should be a fifth of it or smaller. */
export function cohesiveLength(youngModulus: number, toughness: number, strength: number): number {
  return (youngModulus * toughness) / strength ** 2;
}
