/** Bytes in each unit of memory. */
export const byteUnits: Readonly<Record<string, number>> = {
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
};

/** `2 GB` or `512 MiB` in bytes; undefined for anything else. */
export function bytesIn(text: string): number | undefined {
  const found = /^\s*([\d.]+)\s*([A-Za-z]+)\s*$/.exec(text);
  const value = found === null ? Number.NaN : Number(found[1]) * (byteUnits[found[2]] ?? Number.NaN);
  return value > 0 ? value : undefined;
}

/** `431 MB`, `2.5 GB`. */
export function bytesText(bytes: number): string {
  return bytes < 1e9 ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
