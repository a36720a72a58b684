/** Work that does not look up any more once it is to stop: for what a second Ctrl-C does. */
import { setTimeout as pause } from "node:timers/promises";
import { interruptible } from "../../src/cli/interruptible.js";
import { processTerminal } from "../../src/cli/terminal.js";

await interruptible(processTerminal, async (signal) => {
  processTerminal.err("working");
  while (!signal.aborted) await pause(10);
  processTerminal.err("in a long step");
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 30_000);
});
