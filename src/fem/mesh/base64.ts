/**
 * Base64 (RFC 4648, section 4) of a megabyte of bytes in milliseconds: `btoa` wants them as a text, which takes ten times as
 * long to make.
 */
const codeOf = Uint8Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", (letter) =>
  letter.charCodeAt(0),
);
const padding = "=".charCodeAt(0);

export function toBase64(bytes: Uint8Array): string {
  const text = new Uint8Array(4 * Math.ceil(bytes.length / 3)).fill(padding);
  for (let k = 0, at = 0; k < bytes.length; k += 3, at += 4) {
    const left = bytes.length - k;
    const group = (bytes[k] << 16) | (left > 1 ? bytes[k + 1] << 8 : 0) | (left > 2 ? bytes[k + 2] : 0);
    text[at] = codeOf[group >> 18];
    text[at + 1] = codeOf[(group >> 12) & 63];
    if (left > 1) text[at + 2] = codeOf[(group >> 6) & 63];
    if (left > 2) text[at + 3] = codeOf[group & 63];
  }
  return new TextDecoder().decode(text);
}

/** @throws DOMException where the text is not base64 */
export function fromBase64(text: string): Uint8Array {
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let k = 0; k < bytes.length; k++) bytes[k] = letters.charCodeAt(k);
  return bytes;
}
