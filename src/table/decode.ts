import { TableFault } from "./table-fault.js";

/** Bytes looked at to tell UTF-16 without a mark at its beginning. */
const looked = 4096;

/**
 * The text of a table, without the mark of its byte order: UTF-8, UTF-16 of either byte order, or where the bytes are no
 * UTF-8 Windows-1252, which holds Latin-1 (`µm`, `°C`).
 * @throws TableFault for bytes that are no text.
 */
export function decodeTable(bytes: Uint8Array): string {
  const wide = wideOrder(bytes);
  if (wide !== undefined) return new TextDecoder(wide).decode(bytes);
  if (bytes.includes(0)) throw new TableFault("a binary file", "a table as text with separators between its cells");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** UTF-16 by its mark, or by the zero bytes that every second byte of western text is. */
function wideOrder(bytes: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  const zeros = [0, 0];
  const length = Math.min(looked, bytes.length & ~1);
  for (let k = 0; k < length; k++) if (bytes[k] === 0) zeros[k % 2]++;
  if (length < 4 || bytes.length % 2 === 1 || Math.min(...zeros) > 0) return undefined;
  if (zeros[1] > 0.3 * length) return "utf-16le";
  return zeros[0] > 0.3 * length ? "utf-16be" : undefined;
}
