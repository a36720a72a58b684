/**
 * Time and memory of the reduced network model.
 *   node --import tsx bench/network.ts                     a table of sizes, each over its first charge
 *   node --import tsx bench/network.ts 100,300             the same for these numbers of particles
 *   node --import tsx bench/network.ts 2000 50             the whole of `network-2000` with 2,000 particles and 50 cycles
 * How far it is goes to standard error. Processor time, of all threads, beside wall-clock time: the first hardly depends on what else the machine does.
 */
import type { Frame } from "../src/fem/model/frame.js";
import { startSimulation } from "../src/study/simulation.js";
import { variant } from "../validation/simulated-run.js";

interface Measured {
  readonly particles: number;
  readonly steps: number;
  readonly cycles: number;
  /** s, packing included. */
  readonly preparing: number;
  /** s */
  readonly processor: number;
  readonly wall: number;
  /** MB, of the process so far. */
  readonly memory: number;
  readonly stopped: string | null;
  readonly last: Frame;
}

/** Steps that are run before the clock starts, for the compiler to settle. */
const warming = 12;

/** s */
const processorTime = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** Runs `cycles`, or for less than one the steps of the first charge. */
function measure(particles: number, cycles: number): Measured {
  const began = processorTime();
  const packing = { particles, aspect: particles < 1000 ? [2.5, 2.5, 1] : [1, 1, 1] };
  const scenario = variant("network-2000", { geometry: { packing }, protocol: { repeat: Math.max(1, cycles) } });
  const simulation = startSimulation(scenario);
  const preparing = processorTime() - began;
  let [from, clock, steps, before] = [processorTime(), performance.now(), 0, 0];
  let [stopped, last]: [string | null, Frame | undefined] = [null, undefined];
  for (;;) {
    const next = simulation.advance();
    if (!("verb" in next)) {
      if (!next.ok) stopped = next.reason;
      break;
    }
    last = next;
    steps = next.step;
    const tidings =
      cycles === 0 ? steps % 10 === 0 : next.ended !== null && next.verb === "discharge" && next.cycle % 5 === 0;
    if (tidings) console.error(`step ${steps}, cycle ${next.cycle}: ${(processorTime() - from).toFixed(1)} s`);
    if (cycles === 0 && steps === warming) [from, clock, before] = [processorTime(), performance.now(), steps];
    if (cycles === 0 && next.ended !== null) break;
  }
  const [processor, wall] = [processorTime() - from, (performance.now() - clock) / 1000];
  const memory = process.resourceUsage().maxRSS / 1024;
  return { particles, steps: steps - before, cycles, preparing, processor, wall, memory, stopped, last: last! };
}

function line({ particles, steps, preparing, processor, wall, memory, stopped }: Measured): string {
  const each = [processor, wall].map((seconds) => ((1000 * seconds) / steps).toFixed(2));
  const all = [processor, wall, preparing].map((seconds) => seconds.toFixed(1));
  return `| ${[particles, steps, ...each, ...all, memory.toFixed(0)].join(" | ")} |${stopped === null ? "" : ` ${stopped}`}`;
}

const [sizes = "100,300,1000,2000,5000,20000", cycles = "0"] = process.argv.slice(2);
console.log(
  "| particles | steps | processor, ms a step | wall, ms a step | processor, s | wall, s | preparing, s | peak, MB |",
);
console.log("|---|---|---|---|---|---|---|---|");
// Two cycles of a small network, so that the compiler has settled for all.
if (cycles === "0") measure(100, 2);
const all = sizes.split(",").map((size) => {
  const measured = measure(Number(size), Number(cycles));
  console.log(line(measured));
  return measured;
});
for (const { particles, last } of all) {
  const { meanStoichiometry, damage } = last.particles;
  const mean = (values: Float64Array): string => (values.reduce((sum, v) => sum + v, 0) / values.length).toFixed(9);
  console.log(`${particles}: ${last.voltage.toFixed(9)} V, s ${mean(meanStoichiometry)}, D ${mean(damage)} at the end`);
}
const [first, final] = [all[0], all[all.length - 1]];
if (all.length > 1) {
  const grown = final.processor / final.steps / (first.processor / first.steps);
  console.log(
    `processor time a step ~ particles^${(Math.log(grown) / Math.log(final.particles / first.particles)).toFixed(2)}`,
  );
}
