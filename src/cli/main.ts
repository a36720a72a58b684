#!/usr/bin/env node
import { synchrode } from "./program.js";
import { watchStreams } from "./standard-streams.js";
import { endOnStrayErrors } from "./stray-error.js";
import { processTerminal } from "./terminal.js";

endOnStrayErrors(processTerminal);
const streams = watchStreams(process.stdout, process.stderr);
const status = await synchrode(process.argv.slice(2));
process.exitCode = (await streams.settled()) ?? status;
