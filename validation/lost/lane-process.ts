import { fork, spawn } from "node:child_process";
import type { Fault } from "./fault.js";
import { countVariable, faultVariable, laneProgram, victimProgram } from "./victim-program.js";

/** A command line, and the fault that its process, or that of its workers, meets. */
export interface Asked {
  readonly words: readonly string[];
  readonly fault?: Fault;
  /** Takes the number of calls that a fault of the workers might have met, of the worker that ends last. */
  readonly countFile?: string;
}

export interface Said {
  readonly status: number | null;
  readonly err: string;
  /** That the fault might have met, in the process that was asked. */
  readonly calls: number;
  /** The call that met it there. */
  readonly met?: string;
}

/** A process that runs command lines, one at a time. */
export interface LaneProcess {
  ask(asked: Asked): Promise<Said>;
  end(): void;
}

export function startLane(): LaneProcess {
  const { module, execArgv } = laneProgram();
  const child = fork(module, [], { execArgv: [...execArgv], stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const died = new Promise<never>((_, reject) => {
    child.on("exit", (code, signal) =>
      reject(new Error(`The process of the command lines ended by ${signal ?? code}`)),
    );
  });
  died.catch(() => {});
  return {
    ask(asked) {
      const said = new Promise<Said>((resolve) => child.once("message", resolve));
      child.send(asked);
      return Promise.race([said, died]);
    },
    end: () => child.disconnect(),
  };
}

/** The program in a process of its own, which meets a fault, to its end. */
export function victimOf(
  words: readonly string[],
  fault: Fault,
  countFile = "",
): Promise<{ readonly status: number | null; readonly err: string }> {
  const { module, execArgv } = victimProgram();
  const child = spawn(process.execPath, [...execArgv, module, ...words], {
    env: { ...process.env, [faultVariable]: JSON.stringify(fault), [countVariable]: countFile },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let err = "";
  child.stderr.on("data", (text) => {
    err += text;
  });
  // `exit`, not `close`: workers of a sweep that was killed hold its error stream a little longer.
  return new Promise((resolve) => child.on("exit", (status) => resolve({ status, err })));
}
