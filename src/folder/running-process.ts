import { readFileSync } from "node:fs";
import { hostname } from "node:os";

/** One process of one machine, told from all others that there ever were. */
export interface RunningProcess {
  readonly pid: number;
  /** When it began, in the clock of its machine; empty where the system does not say. */
  readonly started: string;
  readonly host: string;
  /** Of the machine, and of the time since it was last switched on; empty where the system does not say. */
  readonly machine: string;
  readonly boot: string;
}

/** `unknown`: a process of another machine cannot be seen from here. */
export type Life = "runs" | "ended" | "unknown";

export function thisProcess(): RunningProcess {
  return {
    pid: process.pid,
    started: startOf(process.pid)?.started ?? "",
    host: hostname(),
    machine: firstLine("/etc/machine-id"),
    boot: firstLine("/proc/sys/kernel/random/boot_id"),
  };
}

/** Whether a process still runs: by its number, and by its start where the number has been given to another since. */
export function lifeOf(other: RunningProcess): Life {
  const own = thisProcess();
  if (other.host !== own.host || other.machine !== own.machine) return "unknown";
  if (other.boot !== own.boot) return "ended";
  try {
    process.kill(other.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return "ended";
  }
  const now = startOf(other.pid);
  if (now === undefined || other.started === "") return "runs";
  return now.zombie || now.started !== other.started ? "ended" : "runs";
}

/** Fields 3 and 22 of `/proc/PID/stat` (proc_pid_stat(5)); the name before them may hold spaces and brackets. */
function startOf(pid: number): { readonly zombie: boolean; readonly started: string } | undefined {
  const text = firstLine(`/proc/${pid}/stat`);
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [state = "", started = ""] = [fields[0], fields[19]];
  return text === "" ? undefined : { zombie: state === "Z" || state === "X", started };
}

function firstLine(path: string): string {
  try {
    return readFileSync(path, "utf8").split("\n")[0] ?? "";
  } catch {
    return "";
  }
}
