import { arch, availableParallelism, platform, totalmem } from "node:os";
import { Command, Option } from "commander";
import { jsonText } from "../folder/json-file.js";
import { version } from "../scenario/version.js";
import { CommandFailed } from "./failure.js";
import { aside } from "./probe/aside.js";
import { chromium } from "./probe/chromium.js";
import { gpuKernels } from "./probe/gpu-kernels.js";
import { type Finding, find, type Probe } from "./probe/probe.js";
import { solverKernels } from "./probe/solver-kernels.js";
import { tensorFlow } from "./probe/tensorflow.js";
import type { Terminal } from "./terminal.js";

/** What the simulation cannot do without; everything else is optional. */
const needed = [solverKernels];
const native = [...gpuKernels.filter(({ name }) => name.endsWith("webgpu")), tensorFlow];
const optional = [...gpuKernels.filter(({ name }) => !name.endsWith("webgpu")), ...native.map(aside), chromium];

/** `synchrode doctor`: what works on this machine, each probed by a real computation. */
export function doctorCommand(terminal: Terminal, probes: readonly Probe[] = [...needed, ...optional]): Command {
  return new Command("doctor")
    .description("probe backends and optional engines on this machine, each by a real computation")
    .option("--json", "print the findings as JSON")
    .addOption(new Option("--probe <name>", "one probe that native libraries take part in").hideHelp())
    .addHelpText("after", "\nExample:\n  synchrode doctor")
    .action(async (options: { json?: true; probe?: string }) => {
      const alone = native.find(({ name }) => name === options.probe);
      if (alone) return terminal.out(JSON.stringify(await find(alone)));
      if (options.probe !== undefined)
        throw new CommandFailed(2, `--probe: found ${options.probe}, which runs with the others.`);
      const findings: Finding[] = [];
      for (const probe of probes) findings.push(await find(probe));
      const machine = {
        version: version(),
        node: process.version,
        platform: `${platform()} ${arch()}`,
        cores: availableParallelism(),
        memoryGigabytes: Number((totalmem() / 2 ** 30).toFixed(1)),
      };
      if (options.json) terminal.out(jsonText({ ...machine, findings }));
      else terminal.out(told(machine, findings));
      const missing = findings.filter(({ name, works }) => !works && needed.some((probe) => probe.name === name));
      if (missing.length > 0) throw new CommandFailed(1, "The simulation cannot run on this machine.");
    });
}

function told(machine: Record<string, unknown>, findings: readonly Finding[]): string {
  const { version: own, node, platform: system, cores, memoryGigabytes } = machine;
  const head = `synchrode ${own}, Node.js ${node}, ${system}, ${cores} cores, ${memoryGigabytes} GiB`;
  const width = findings.reduce((most, { name }) => Math.max(most, name.length), 0);
  const lines = findings.map(
    ({ name, works, detail }) => `${works ? "works " : "absent"}  ${name.padEnd(width)}  ${detail}`,
  );
  return [head, ...lines].join("\n");
}
