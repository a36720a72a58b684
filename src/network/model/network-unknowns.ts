/**
 * Numbering of a network's electrochemical unknowns: the modes m, then d of all particles, [node][particle] each; then the
 * local deviations l of the surface points; then the potentials of the conduction graph, kept relative to the collector's V,
 * which comes last.
 */
export interface NetworkUnknowns {
  readonly count: number;
  readonly particles: number;
  /** First unknown of d, and of l: that of point p is `local + p`. */
  readonly difference: number;
  readonly local: number;
  /** Unknowns that are stoichiometries. */
  readonly lithiumCount: number;
  /** First unknown of m and of d at the surface: the particles' follow in order. */
  readonly meanSurface: number;
  readonly differenceSurface: number;
  /** First potential; that of patch a is `potential + a`. */
  readonly potential: number;
  readonly voltage: number;
  /** [point] unknown of m at the particle's surface. */
  readonly pointLithium: Int32Array;
}

export function networkUnknowns(particles: number, radialNodes: number, pointParticle: Int32Array): NetworkUnknowns {
  const difference = radialNodes * particles;
  const local = 2 * difference;
  const lithiumCount = local + pointParticle.length;
  const meanSurface = difference - particles;
  return {
    count: lithiumCount + 2 * particles + 1,
    particles,
    difference,
    local,
    lithiumCount,
    meanSurface,
    differenceSurface: local - particles,
    potential: lithiumCount,
    voltage: lithiumCount + 2 * particles,
    pointLithium: pointParticle.map((k) => meanSurface + k),
  };
}
