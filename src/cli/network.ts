import { Command } from "commander";
import { jsonText } from "../folder/json-file.js";
import { type NetworkScenarioOptions, networkScenario } from "../study/network-scenario.js";
import type { Terminal } from "./terminal.js";

interface Options extends NetworkScenarioOptions {
  readonly json?: true;
}

/** `synchrode network`: a particle table to a network scenario, with the table it uses beside it. */
export function networkCommand(terminal: Terminal): Command {
  return new Command("network")
    .description("make a network scenario of the whole particles in a particle table")
    .argument("<table>", "particle table: of synchrode measure, or any CSV with places and radii in um")
    .option("--out <file>", "scenario file (default: the table's name with -network.yaml)")
    .option("--card <file>", "dataset card of the table (default: card.yaml beside it)")
    .option("--keep-edge", "keep particles that the edge of the picture cuts, as what is seen of them")
    .option("--json", "print what was taken and what was left out as JSON")
    .addHelpText("after", example)
    .action((path: string, options: Options) => {
      const { provenance, ...record } = networkScenario(path, options);
      if (options.json) terminal.out(jsonText(record));
      else terminal.out([`${record.scenario}: ${record.particles} particles`, ...provenance].join("\n"));
    });
}

const example = [
  "\nExample (the first three lines make the input):",
  "  synchrode phantom --out phantom",
  "  synchrode segment phantom/phases.tif --closing 1um --out segmented",
  "  synchrode measure phantom/phases.tif segmented/labels.tif --closing 1um --grey phantom/cathode.tif --calibration phantom/calibration.yaml --truth phantom --out measured",
  "  synchrode network measured/particles.csv --out cathode.yaml",
  "  synchrode check cathode.yaml",
].join("\n");
