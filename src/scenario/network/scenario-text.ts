/** What a scenario of measured particles is written from. */
export interface MeasuredNetwork {
  readonly title: string;
  /** Path of the table beside the scenario. */
  readonly table: string;
  /** Whether the table has the coverage of each particle. */
  readonly covered: boolean;
  /** Lines on where the particles came from. */
  readonly provenance: readonly string[];
}

/** A network scenario of measured particles, with everything that was not measured as in the shipped networks. */
export function scenarioText({ title, table, covered, provenance }: MeasuredNetwork): string {
  const distribution = "\n  distribution: { mean: 0.5, deviation: 0.2 } # assumed: the table has no coverage";
  return `${provenance.map((line) => `# ${line}\n`).join("")}title: ${JSON.stringify(title)}
seed: 1
fidelity: network

geometry:
  table: ${JSON.stringify(table)} # depth is z; its smallest is the collector: assumed
coverage:
  facing: random # assumed: where on a particle its coverage lies was not measured${covered ? "" : distribution}

activeMaterial:
  set: ORegan2022
  openCircuitPotential: Chen2020
  diffusivity: 5e-14 m^2/s # assumed
  exchangeCurrent: { symmetric: 2 A/m^2 } # assumed
  initialStoichiometry: 0.85 # assumed
  usableWindow: 0.63 # assumed
binder:
  high: { conductivity: 1 S/m }
  low: { conductivity: 1.2e-3 S/m } # assumed
interface:
  fatigue: { perLoading: 1, exponent: 3, threshold: 0.1, referenceTraction: 35 MPa, shearWeight: 1 } # assumed
feedback: { kind: film, resistance: 0.005 ohm m^2 } # assumed

protocol:
  repeat: 50
  steps:
    - charge: { rate: 5C, until: { voltage: 4.3 V } }
    - discharge: { rate: 2C, until: { voltage: 3.5 V } }
solver:
  time: { leastSteps: 50 }
`;
}
