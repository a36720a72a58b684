/** PackBits: runs of at least three, else literals. */
export function packBitsPacked(bytes: Uint8Array): Uint8Array {
  const out: number[] = [];
  for (let k = 0; k < bytes.length; ) {
    const byte = bytes[k] as number;
    let run = 1;
    while (run < 128 && bytes[k + run] === byte && k + run < bytes.length) run++;
    if (run >= 3) {
      out.push(257 - run, byte);
      k += run;
    } else {
      out.push(0, byte);
      k++;
    }
  }
  return Uint8Array.from(out);
}

/** LZW as TIFF 6.0 (section 13) has it: codes of 9 to 12 bits, a code longer one entry early, cleared before full. */
export function lzwPacked(bytes: Uint8Array): Uint8Array {
  const out: number[] = [];
  let [held, free] = [0, 0];
  const put = (code: number, width: number) => {
    held = (held << width) | code;
    free += width;
    while (free >= 8) {
      free -= 8;
      out.push((held >> free) & 255);
      held &= (1 << free) - 1;
    }
  };
  let table = new Map<string, number>();
  const codeOf = (text: string) => (text.length === 1 ? text.charCodeAt(0) : (table.get(text) as number));
  let [next, width] = [258, 9];
  put(256, 9);
  let text = "";
  for (const byte of bytes) {
    const longer = text + String.fromCharCode(byte);
    if (longer.length === 1 || table.has(longer)) {
      text = longer;
      continue;
    }
    put(codeOf(text), width);
    table.set(longer, next++);
    if (next === 4094) {
      put(256, 12);
      [table, next, width] = [new Map(), 258, 9];
    } else if (next > 2 ** width - 1 && width < 12) width++;
    text = longer.slice(-1);
  }
  if (text !== "") {
    put(codeOf(text), width);
    if (next + 1 > 2 ** width - 1 && width < 12) width++;
  }
  put(257, width);
  if (free > 0) out.push((held << (8 - free)) & 255);
  return Uint8Array.from(out);
}
