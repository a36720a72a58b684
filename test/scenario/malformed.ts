/** A scenario file that is right, and files that are wrong in one way each. */

export const right = `title: Two particles
geometry:
  kind: plane
  lattice: { columns: 2, rows: 1, radius: 5 um, clearance: 6 um }
  collector: bottom
  separator: top
coverage:
  pattern: arc
  fractions: [0.9, 0.1]
activeMaterial:
  set: ORegan2022
  diffusivity: 5e-14 m^2/s
  exchangeCurrent: { symmetric: 2 A/m^2 }
  initialStoichiometry: 0.85
interface:
  stiffness: 1e16 Pa/m
  fatigue: { perLoading: 1, threshold: 0.3 }
feedback:
  kind: film
  resistance: 0.2 ohm m^2
protocol:
  repeat: 2
  steps:
    - charge: { rate: 5C, until: { throughput: 0.5, voltage: 4.8 V } }
    - discharge: { rate: 5C, until: { throughput: 0.5 } }
solver:
  mesh: { interfaceSize: 0.5 um }
`;

export interface Malformed {
  readonly what: string;
  /** Replaced in the right file, or the whole text of the wrong one. */
  readonly edit: readonly [from: string, to: string] | string | Uint8Array;
  /** `line:column`, absent for faults of the file as a whole. */
  readonly at?: string;
  /** Parts of the message. */
  readonly says: readonly string[];
}

export const malformed: readonly Malformed[] = [
  // Units
  {
    what: "bare number for a length",
    edit: ["radius: 5 um", "radius: 5"],
    at: "4:35",
    says: ["geometry.lattice.radius", "found 5", "a length with its unit", "no unit"],
  },
  {
    what: "number as text without a unit",
    edit: ["radius: 5 um", 'radius: "5"'],
    at: "4:35",
    says: ['found "5"', "a number without a unit"],
  },
  { what: "wrong dimension", edit: ["radius: 5 um", "radius: 5 V"], at: "4:35", says: ['"5 V"', "no length"] },
  {
    what: "unknown unit",
    edit: ["radius: 5 um", "radius: 5 parsnips"],
    at: "4:35",
    says: ["5 parsnips", "known unit"],
  },
  { what: "unit without a number", edit: ["clearance: 6 um", "clearance: um"], at: "4:49", says: ['"um"', "a length"] },
  { what: "infinite length", edit: ["clearance: 6 um", "clearance: 1e999 m"], at: "4:49", says: ["not finite"] },
  { what: "negative length", edit: ["clearance: 6 um", "clearance: -6 um"], at: "4:49", says: ["above 0 m"] },
  {
    what: "rate in ampere",
    edit: ["rate: 5C, until: { throughput: 0.5, v", "rate: 5 A, until: { throughput: 0.5, v"],
    at: "24:17",
    says: ["no multiple of C", '"5C"'],
  },
  {
    what: "bare rate",
    edit: ["rate: 5C, until: { throughput: 0.5, v", "rate: 5, until: { throughput: 0.5, v"],
    at: "24:17",
    says: ["protocol.steps.0.charge.rate", "a bare number"],
  },
  {
    what: "impossible temperature",
    edit: ["solver:", "temperature: 4 K\nsolver:"],
    at: "26:1",
    says: ["temperature", "200 K"],
  },
  {
    what: "temperature as a bare number",
    edit: ["solver:", "temperature: 298.15\nsolver:"],
    at: "26:1",
    says: ["298.15 K"],
  },
  {
    what: "zero diffusivity",
    edit: ["5e-14 m^2/s", "0 m^2/s"],
    at: "12:3",
    says: ["activeMaterial.diffusivity", "not above zero"],
  },
  {
    what: "a text longer than any quantity",
    edit: ["radius: 5 um", `radius: ${"5".repeat(200)} um`],
    at: "4:35",
    says: ["longer than 80"],
  },
  // Keys
  {
    what: "mistyped section",
    edit: ["geometry:", "geomtry:"],
    at: "2:1",
    says: ['unknown key "geomtry"', "did you mean geometry?"],
  },
  {
    what: "mistyped key",
    edit: ["clearance: 6 um", "clearence: 6 um"],
    at: "4:49",
    says: ["columns, rows, radius, clearance", "did you mean clearance?"],
  },
  {
    what: "mistyped key in a step",
    edit: ["until: { throughput: 0.5, v", "until: { througput: 0.5, v"],
    at: "24:36",
    says: ["did you mean throughput?"],
  },
  {
    what: "a key of another kind",
    edit: ["kind: film", "kind: none"],
    at: "20:3",
    says: ["feedback.resistance", "kind"],
  },
  { what: "a merge key", edit: ["feedback:", "<<: { seed: 3 }\nfeedback:"], at: "18:1", says: ['unknown key "<<"'] },
  {
    what: "a key that is a prototype's",
    edit: ["feedback:", "__proto__: { seed: 3 }\nfeedback:"],
    at: "18:1",
    says: ["__proto__"],
  },
  { what: "a key twice", edit: ["feedback:", "title: Again\nfeedback:"], at: "18:1", says: ["second time"] },
  {
    what: "no protocol",
    edit: [right.slice(right.indexOf("protocol:"), right.indexOf("solver:")), ""],
    at: "1:1",
    says: ["protocol", "found nothing"],
  },
  // Values
  {
    what: "unknown word",
    edit: ["pattern: arc", "pattern: arcs"],
    at: "8:3",
    says: ["arc | patches | random", "did you mean arc?"],
  },
  {
    what: "unknown side",
    edit: ["collector: bottom", "collector: north"],
    at: "5:3",
    says: ["bottom | right | top | left"],
  },
  {
    what: "coverage above one",
    edit: ["[0.9, 0.1]", "[0.9, 1.1]"],
    at: "9:20",
    says: ["coverage.fractions.1", "found 1.1", "up to 1"],
  },
  { what: "coverage below zero", edit: ["[0.9, 0.1]", "[-0.9, 0.1]"], at: "9:15", says: ["found -0.9", "from 0"] },
  {
    what: "too few coverages",
    edit: ["[0.9, 0.1]", "[0.9]"],
    at: "9:3",
    says: ["1 fractions", "as many as particles: 2"],
  },
  { what: "coverage as text", edit: ["[0.9, 0.1]", "mostly"], at: "9:3", says: ['"mostly"'] },
  { what: "no particles", edit: ["columns: 2", "columns: 0"], at: "4:14", says: ["whole number from 1"] },
  { what: "half a particle", edit: ["columns: 2", "columns: 1.5"], at: "4:14", says: ["whole number"] },
  {
    what: "unknown material",
    edit: ["set: ORegan2022", "set: Oregan2022"],
    at: "11:3",
    says: ["Chen2020", "did you mean ORegan2022?"],
  },
  {
    what: "unknown material of a function",
    edit: ["diffusivity: 5e-14 m^2/s", "diffusivity: Chen2021"],
    at: "12:3",
    says: ["did you mean Chen2020?"],
  },
  {
    what: "start outside the potential's range",
    edit: ["initialStoichiometry: 0.85", "initialStoichiometry: 0.99"],
    at: "14:3",
    says: ["open-circuit potential is known"],
  },
  {
    what: "stoichiometry above one",
    edit: ["initialStoichiometry: 0.85", "initialStoichiometry: 85"],
    at: "14:3",
    says: ["found 85", "below 1"],
  },
  {
    what: "Poisson's ratio of a half",
    edit: ["initialStoichiometry: 0.85", "poissonRatio: 0.5"],
    at: "14:3",
    says: ["below 0.5"],
  },
  {
    what: "two ways to give a function",
    edit: [
      "{ symmetric: 2 A/m^2 }",
      "{ symmetric: 2 A/m^2, table: { stoichiometry: [0, 1], values: [1 A/m^2, 2 A/m^2] } }",
    ],
    at: "13:3",
    says: ["exactly one key"],
  },
  {
    what: "a falling table",
    edit: ["{ symmetric: 2 A/m^2 }", "{ table: { stoichiometry: [1, 0], values: [1 A/m^2, 2 A/m^2] } }"],
    at: "13:22",
    says: ["rising"],
  },
  {
    what: "a table of unequal columns",
    edit: ["{ symmetric: 2 A/m^2 }", "{ table: { stoichiometry: [0, 1], values: [1 A/m^2] } }"],
    at: "13:22",
    says: ["2 stoichiometries and 1 values"],
  },
  {
    what: "a table file that is not there",
    edit: ["{ symmetric: 2 A/m^2 }", '{ table: { file: nowhere.csv, stoichiometry: s, value: "i0 [A/m^2]" } }'],
    at: "13:31",
    says: ["nowhere.csv", "no such file"],
  },
  {
    what: "knee above the start",
    edit: ["initialStoichiometry: 0.85", "eigenstrain: { kind: twoSlope, start: 0.4, knee: 0.9 }"],
    at: "14:3",
    says: ["start > knee > end"],
  },
  {
    what: "drift without Vegard's law",
    edit: ["initialStoichiometry: 0.85", "stressDrift: true\n  eigenstrain: { kind: twoSlope }"],
    at: "14:3",
    says: ["linear eigenstrain"],
  },
  { what: "threshold of one", edit: ["threshold: 0.3", "threshold: 1"], at: "17:29", says: ["below 1"] },
  {
    what: "a law that snaps back",
    edit: ["  fatigue:", "  cohesive: { normalStrength: 300 MPa, normalToughness: 1 J/m^2 }\n  fatigue:"],
    at: "17:3",
    says: ["strength²/(2·stiffness)"],
  },
  { what: "unknown cohesive law", edit: ["  fatigue:", "  cohesive: D*\n  fatigue:"], at: "17:3", says: ["C*"] },
  { what: "unknown preset", edit: ["  fatigue:", "  preset: D*\n  fatigue:"], at: "17:3", says: ["C* | P*"] },
  {
    what: "a preset whose law snaps back at the stiffness given",
    edit: ["stiffness: 1e16 Pa/m", "stiffness: 1e14 Pa/m\n  preset: C*"],
    at: "17:3",
    says: ["interface.preset", "strength²/(2·stiffness)"],
  },
  { what: "unknown kind", edit: ["kind: film", "kind: flim"], at: "19:3", says: ["film", "none"] },
  { what: "no kind", edit: ["  kind: film\n", ""], at: "18:1", says: ["feedback", "kind"] },
  {
    what: "coarse mesh",
    edit: ["0.5 um }", "6 um, largestSize: 7 um }"],
    at: "27:11",
    says: ["smallest particle's radius"],
  },
  {
    what: "largest edge below the smallest",
    edit: ["0.5 um }", "0.5 um, largestSize: 0.1 um }"],
    at: "27:34",
    says: ["at least interfaceSize"],
  },
  {
    what: "smallest step above the largest",
    edit: ["0.5 um }", "0.5 um }\n  time: { largestStep: 1 s, smallestStep: 2 s }"],
    at: "28:29",
    says: ["at most largestStep"],
  },
  // Geometry
  {
    what: "overlap",
    edit: [
      "lattice: { columns: 2, rows: 1, radius: 5 um, clearance: 6 um }",
      "box: { width: 40 um, height: 20 um }\n  particles:\n    - { x: 10 um, y: 10 um, radius: 5 um }\n    - { x: 15 um, y: 10 um, radius: 5 um }",
    ],
    at: "7:7",
    says: ["overlap with particle 1"],
  },
  {
    what: "outside the box",
    edit: [
      "lattice: { columns: 2, rows: 1, radius: 5 um, clearance: 6 um }",
      "box: { width: 40 um, height: 20 um }\n  particles:\n    - { x: 10 um, y: 10 um, radius: 5 um }\n    - { x: 39 um, y: 10 um, radius: 5 um }",
    ],
    at: "7:7",
    says: ["walls of the box"],
  },
  {
    what: "particles without a box",
    edit: [
      "lattice: { columns: 2, rows: 1, radius: 5 um, clearance: 6 um }",
      "particles:\n    - { x: 10 um, y: 10 um, radius: 5 um }\n    - { x: 30 um, y: 10 um, radius: 5 um }",
    ],
    at: "2:1",
    says: ["geometry.box", "width, height"],
  },
  {
    what: "two geometries",
    edit: ["  collector: bottom", "  stack: { count: 2, radius: 5 um, clearance: 6 um }\n  collector: bottom"],
    at: "2:1",
    says: ["exactly one out of"],
  },
  { what: "a lattice of spheres", edit: ["kind: plane", "kind: axisymmetric"], at: "4:3", says: ["stack"] },
  {
    what: "one side for both electrodes",
    edit: ["separator: top", "separator: bottom"],
    at: "6:3",
    says: ["another side"],
  },
  {
    what: "a body that floats",
    edit: ["  separator: top", "  separator: top\n  mechanics: { left: free, right: free }"],
    at: "7:3",
    says: ["cannot float"],
  },
  {
    what: "a gap no mesh fits",
    edit: ["clearance: 6 um", "clearance: 0.1 um"],
    at: "2:1",
    says: ["Meshing the particles"],
  },
  // Protocol
  {
    what: "no condition",
    edit: ["until: { throughput: 0.5 } }", "until: {} }"],
    at: "25:30",
    says: ["at least one condition"],
  },
  {
    what: "two verbs in a step",
    edit: [
      "    - discharge: { rate: 5C, until: { throughput: 0.5 } }",
      "    - discharge: { rate: 5C, until: { throughput: 0.5 } }\n      rest: { until: { time: 1 min } }",
    ],
    at: "25:7",
    says: ["exactly one key"],
  },
  { what: "unknown verb", edit: ["- discharge:", "- discharg:"], at: "25:7", says: ["did you mean discharge?"] },
  {
    what: "cut-offs the wrong way round",
    edit: ["until: { throughput: 0.5 } }", "until: { voltage: 4.9 V } }"],
    at: "25:39",
    says: ["below the cut-off of the charge, 4.8 V"],
  },
  {
    what: "more than there is",
    edit: ["initialStoichiometry: 0.85", "initialStoichiometry: 0.3"],
    at: "24:36",
    says: ["no more can be moved"],
  },
  {
    what: "no current anywhere",
    edit: [
      right.slice(right.indexOf("    - charge"), right.indexOf("solver:")),
      "    - rest: { until: { time: 1 min } }\n",
    ],
    at: "23:3",
    says: ["no charge or discharge"],
  },
  {
    what: "steps that are no list",
    edit: [right.slice(right.indexOf("    - charge"), right.indexOf("solver:")), "    charge: now\n"],
    at: "23:3",
    says: ["a list of steps"],
  },
  {
    what: "no steps",
    edit: [right.slice(right.indexOf("  steps:"), right.indexOf("solver:")), "  steps: []\n"],
    at: "23:3",
    says: ["at least one"],
  },
  // Files
  { what: "an empty file", edit: "", says: ["an empty file"] },
  { what: "only a comment", edit: "# nothing\n", says: ["found nothing", "a mapping"] },
  { what: "a list", edit: "- 1\n- 2\n", at: "1:1", says: ["a mapping"] },
  { what: "a word", edit: "hello\n", says: ['"hello"', "a mapping"] },
  { what: "broken YAML", edit: ["clearance: 6 um }", "clearance: 6 um"], at: "5:3", says: ["broken YAML"] },
  { what: "tabs", edit: ["  kind: plane", "\tkind: plane"], at: "3:1", says: ["broken YAML"] },
  { what: "a custom tag", edit: ["title: Two particles", "title: !run Two particles"], at: "1:8", says: ["tag"] },
  { what: "two documents", edit: `${right}---\n${right}`, says: ["one YAML document"] },
  { what: "a binary file", edit: new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 3]), says: ["a binary file"] },
  { what: "bytes that are no text", edit: new Uint8Array([0x74, 0x3a, 0xff, 0xfe, 0xfd]), says: ["not UTF-8"] },
  {
    what: "a base that is not there",
    edit: ["title:", "base: nowhere.yaml\ntitle:"],
    at: "1:1",
    says: ["nowhere.yaml"],
  },
  { what: "deep nesting", edit: "[".repeat(20_000), says: ["found"] },
  {
    what: "an alias inside its own anchor",
    edit: ["title: Two particles", "title: &t [*t]"],
    at: "1:12",
    says: ["an alias inside what it stands for"],
  },
  { what: "an unknown alias", edit: ["title: Two particles", "title: *nobody"], says: ["alias"] },
];

export function wrongText({ edit }: Malformed): string | Uint8Array {
  if (typeof edit === "string" || edit instanceof Uint8Array) return edit;
  const [from, to] = edit;
  if (!right.includes(from)) throw new Error(`The right file does not hold ${from}`);
  return right.replace(from, () => to);
}
