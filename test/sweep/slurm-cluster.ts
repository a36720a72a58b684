import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const daemons = ["/usr/sbin/munged", "/usr/sbin/slurmctld", "/usr/sbin/slurmd"];

/** Why no cluster can be started here; undefined when one can. */
export function missingSlurm(): string | undefined {
  const absent = daemons.filter((path) => !existsSync(path));
  if (absent.length > 0) return `no ${absent.join(", ")}: install slurm-wlm and munge`;
  return process.getuid?.() === 0 ? undefined : "the daemons must be started by root";
}

export interface Cluster {
  /** Environment in which sbatch and squeue find the cluster. */
  readonly env: Readonly<Record<string, string>>;
  /** Stops every daemon. */
  stop(): Promise<void>;
}

/** Starts Slurm with one node of two cores on the loopback, with its own keys, ports and folders. */
export async function startCluster(folder: string): Promise<Cluster> {
  const at = (name: string) => join(folder, name);
  for (const name of ["state", "spool", "munge"]) mkdirSync(at(name), { recursive: true });
  chmodSync(folder, 0o755);
  writeFileSync(at("munge/key"), randomBytes(128), { mode: 0o600 });
  const ports = [await freePort(), await freePort()] as const;
  writeFileSync(at("slurm.conf"), configuration(folder, ports));
  const env = { SLURM_CONF: at("slurm.conf") };
  const children: ChildProcess[] = [];
  const begin = (path: string, ...words: string[]) => {
    const child = spawn(path, words, { env: { ...process.env, ...env }, stdio: "ignore" });
    children.push(child);
  };
  const stop = async () => {
    for (const child of children.reverse()) await end(child);
  };
  const munge = ["--key-file", "--socket", "--pid-file", "--log-file", "--seed-file"];
  begin(
    daemons[0],
    "--foreground",
    "--force",
    ...munge.flatMap((option) => [option, at(`munge/${option.slice(2).replace("-file", "")}`)]),
  );
  await until(() => existsSync(at("munge/socket")), stop, "munged", folder);
  begin(daemons[1], "-D", "-i");
  begin(daemons[2], "-D", "-N", "here");
  await until(() => nodeState(env) === "idle", stop, "an idle node", folder);
  return { env, stop };
}

function configuration(folder: string, [controller, node]: readonly [number, number]): string {
  const at = (name: string) => join(folder, name);
  return `ClusterName=test
SlurmctldHost=${hostname()}(127.0.0.1)
SlurmctldPort=${controller}
SlurmdPort=${node}
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=${at("munge/socket")}
StateSaveLocation=${at("state")}
SlurmdSpoolDir=${at("spool")}
SlurmctldPidFile=${at("slurmctld.pid")}
SlurmdPidFile=${at("slurmd.pid")}
SlurmctldLogFile=${at("slurmctld.log")}
SlurmdLogFile=${at("slurmd.log")}
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerType=sched/builtin
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
ReturnToService=2
KillWait=5
NodeName=here NodeHostname=${hostname()} NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
`;
}

function nodeState(env: Readonly<Record<string, string>>): string {
  try {
    const words = ["--noheader", "--format=%T"];
    return execFileSync("sinfo", words, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "ignore"] })
      .toString()
      .trim();
  } catch {
    return "unknown";
  }
}

async function until(holds: () => boolean, stop: () => Promise<void>, what: string, folder: string): Promise<void> {
  for (let waited = 0; !holds(); waited += 200) {
    if (waited > 40_000) {
      await stop();
      const logs = ["slurmctld.log", "slurmd.log", "munge/log"].map((name) => join(folder, name)).filter(existsSync);
      const said = logs.map((path) => readFileSync(path, "utf8").split("\n").slice(-8).join("\n"));
      throw new Error(`Starting Slurm: waited 40 s for ${what}.\n${said.join("\n")}`);
    }
    await pause(200);
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.on("exit", resolve));
  child.kill("SIGTERM");
  await Promise.race([ended, pause(5000).then(() => child.kill("SIGKILL"))]);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
