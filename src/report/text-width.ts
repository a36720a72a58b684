/** Widths in thousandths of the font size, of a wide sans serif: drawings must hold in whatever font the reader has. */
const widths: Readonly<Record<string, number>> = {
  narrow: 330,
  usual: 615,
  wide: 950,
  capital: 720,
  digit: 640,
  sign: 840,
};

/**
 * Estimates how wide a text will be drawn, px. Vega measures with a canvas, which Node.js lacks, and else takes
 * every character for 0.8 of the font size, which pulls legends apart.
 */
export function textWidth(item: { readonly fontSize?: number }, text: unknown): number {
  const drawn = Array.isArray(text) ? String(text[0] ?? "") : String(text ?? "");
  const thousandths = [...drawn].reduce((sum, character) => sum + widths[classOf(character)], 0);
  return (thousandths / 1000) * (item.fontSize ?? 11);
}

function classOf(character: string): string {
  if (/[ijltfr.,:;'|!()[\] ]/.test(character)) return "narrow";
  if (/[mwMW%—→]/.test(character)) return "wide";
  if (/[−+=<>±×≤≥]/.test(character)) return "sign";
  if (/[A-Z]/.test(character)) return "capital";
  return /[0-9]/.test(character) ? "digit" : "usual";
}
