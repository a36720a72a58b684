import { basename } from "node:path";
import { Command, Option } from "commander";
import { inUnit, type LengthUnit, lengthUnits, withConductorCells } from "../fem/mesh/exported-mesh.js";
import type { Mesh } from "../fem/mesh/mesh.js";
import { type MshVersion, mshVersions, writeMsh } from "../fem/mesh/msh.js";
import { meshCircles } from "../fem/mesh/triangulation.js";
import { writeVtu } from "../fem/mesh/vtu.js";
import { jsonText } from "../folder/json-file.js";
import { checkFile, fileKinds, writeOutput } from "../folder/output-file.js";
import { InputFault } from "../scenario/faults.js";
import { readScenario } from "../scenario/load.js";
import type { Scenario } from "../scenario/scenario.js";
import type { Terminal } from "./terminal.js";

const formats = {
  msh: (mesh: Mesh, { geometry }: Scenario, version: MshVersion) => writeMsh(mesh, geometry, geometry.kind, version),
  vtu: (mesh: Mesh) => writeVtu(mesh, {}, {}),
} as const;

type Format = keyof typeof formats;

interface Options {
  readonly format: Format;
  readonly mshVersion: MshVersion;
  readonly unit: LengthUnit;
  readonly conductor?: true;
  readonly out?: string;
  readonly json?: true;
}

/** `synchrode mesh`: the mesh of a scenario for other finite-element codes. */
export function meshCommand(terminal: Terminal): Command {
  return new Command("mesh")
    .description("write the mesh of a scenario, with regions and boundaries tagged")
    .argument("<scenario>", "scenario file (YAML or JSON)")
    .addOption(new Option("--format <name>", "file format").choices(Object.keys(formats)).default("msh"))
    .addOption(new Option("--msh-version <number>", "version of the msh format").choices(mshVersions).default("4.1"))
    .addOption(
      new Option("--unit <name>", "length of a unit of the coordinates").choices(Object.keys(lengthUnits)).default("m"),
    )
    .option("--conductor", "split carbon/binder cells along the border of its two kinds, as a run conducts on them")
    .option("--out <file>", "mesh file (default: the scenario's name with the format's ending)")
    .option("--json", "print the numbers of nodes, cells and facets as JSON")
    .addHelpText(
      "after",
      "\nExample:\n  synchrode mesh scenarios/three-spheres.yaml --format msh --out three-spheres.msh",
    )
    .action((path: string, options: Options) => {
      const { scenario, inputs: read } = readScenario(path);
      if (scenario.network) throw noMesh(path);
      const inputs = [path, ...read.map(({ path: each }) => each)];
      const out = options.out ?? `${basename(path).replace(/\.(ya?ml|json)$/i, "")}.${options.format}`;
      checkFile(out, fileKinds.mesh, inputs);
      const meshed = meshCircles(scenario.geometry, scenario.solver.mesh);
      const mesh = inUnit(options.conductor ? withConductorCells(meshed) : meshed, options.unit);
      writeOutput(out, fileKinds.mesh, inputs, formats[options.format](mesh, scenario, options.mshVersion));
      const size = {
        file: out,
        nodes: mesh.nodes.length / 2,
        cells: mesh.region.length,
        interfaceFacets: mesh.contact.particle.length,
      };
      if (options.json) terminal.out(jsonText(size));
      else terminal.out(`${out}: ${size.nodes} nodes, ${size.cells} cells, ${size.interfaceFacets} interface facets`);
    });
}

function noMesh(path: string): InputFault {
  const allowed = "a scenario with fidelity fem: the particles of a network are joined by conductances, not by a mesh";
  return new InputFault([{ place: { file: path }, key: "fidelity", found: '"network"', allowed }]);
}
