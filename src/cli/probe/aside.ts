import { spawn } from "node:child_process";
import { ownProgram } from "../worker-program.js";
import type { Finding, Probe } from "./probe.js";

/** Milliseconds after which a probe that does not answer is taken for broken. */
const patience = 60_000;

/**
 * A probe that runs in a process of its own: native libraries write their warnings past everything, and may end a process. What it
 * finds is told, what it writes is not.
 */
export function aside({ name }: Probe): Probe {
  return {
    name,
    run: async () => {
      const { works, detail } = await findingOf(name);
      if (!works) throw new Error(detail);
      return detail;
    },
  };
}

function findingOf(name: string): Promise<Pick<Finding, "works" | "detail">> {
  const { module, execArgv } = ownProgram();
  const child = spawn(process.execPath, [...execArgv, module, "doctor", "--probe", name], {
    stdio: ["ignore", "pipe", "ignore"],
    timeout: patience,
  });
  return new Promise((resolve) => {
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (part: string) => {
      said += part;
    });
    child.on("error", ({ message }) => resolve({ works: false, detail: message }));
    child.on("close", (status, signal) => {
      try {
        resolve(JSON.parse(said.slice(said.indexOf("{"))) as Finding);
      } catch {
        resolve({
          works: false,
          detail: `its process ended with ${signal ?? `status ${status}`} before it had computed`,
        });
      }
    });
  });
}
