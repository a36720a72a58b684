/** A dozen spheres between walls, quick to run. */
export const smallNetwork = `title: A dozen spheres
seed: 7
fidelity: network
geometry:
  packing:
    particles: 12
    radius: { lognormal: { mean: 5 um, deviation: 1 um } }
    solidFraction: 0.3
    boundary: walls
coverage:
  facing: random
  distribution: { mean: 0.5, deviation: 0.2 }
activeMaterial:
  set: ORegan2022
  diffusivity: 5e-14 m^2/s
  exchangeCurrent: { symmetric: 2 A/m^2 }
  initialStoichiometry: 0.8
interface:
  fatigue: { perLoading: 0.5, threshold: 0.3, referenceTraction: 60 MPa }
feedback: { kind: film, resistance: 0.005 ohm m^2 }
protocol:
  repeat: 3
  steps:
    - charge: { rate: 5C, until: { throughput: 0.5, voltage: 5 V } }
    - discharge: { rate: 2C, until: { throughput: 0.5, voltage: 3 V } }
solver:
  time: { leastSteps: 8, largestStep: 60 s, tolerance: 1e-2 }
outputs: { particleRows: ends }
`;
