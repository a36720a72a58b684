import { freemem } from "node:os";
import { CommandFailed } from "./failure.js";

/** Bytes that this machine, or the container around it, has to give. */
export function machineMemory(): number {
  const within = process.constrainedMemory?.() ?? 0;
  return within > 0 ? Math.min(within, freemem()) : freemem();
}

const units: Readonly<Record<string, number>> = {
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
};

/** `2 GB`, `512 MiB`. @throws CommandFailed with status 2 */
export function bytesOption(text: string, option: string): number {
  const found = /^\s*([\d.]+)\s*([A-Za-z]+)\s*$/.exec(text);
  const value = found === null ? Number.NaN : Number(found[1]) * (units[found[2]] ?? Number.NaN);
  if (value > 0) return value;
  throw new CommandFailed(
    2,
    `${option}: found ${text}; allowed: a number with one of ${Object.keys(units).join(", ")}, such as "2 GB".`,
  );
}

/** `431 MB`, `2.5 GB`. */
export function bytesText(bytes: number): string {
  return bytes < 1e9 ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
