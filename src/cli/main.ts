#!/usr/bin/env node
import { synchrode } from "./program.js";

process.exitCode = await synchrode(process.argv.slice(2));
