/**
 * Elementary functions with the same bits in every engine and version. Those of `Math` and `**` differ in their last bits between
 * versions of V8 and between engines, and a simulation carries that on; what the core computes takes these. Errors are below one
 * unit in the last place (musl).
 */
import { elementaryBytes } from "./elementary.generated.js";

interface Elementary {
  exp(x: number): number;
  expm1(x: number): number;
  log(x: number): number;
  log1p(x: number): number;
  log2(x: number): number;
  log10(x: number): number;
  pow(x: number, y: number): number;
  sin(x: number): number;
  cos(x: number): number;
  tan(x: number): number;
  asin(x: number): number;
  acos(x: number): number;
  atan2(y: number, x: number): number;
  sinh(x: number): number;
  cosh(x: number): number;
  tanh(x: number): number;
  asinh(x: number): number;
}

const bytes = Uint8Array.from(atob(elementaryBytes), (letter) => letter.charCodeAt(0));
const compiled = new WebAssembly.Instance(new WebAssembly.Module(bytes), {}).exports as unknown as Elementary;

export const { exp, expm1, log, log1p, log2, log10, pow, sin, cos, tan, asin, acos, atan2, sinh, cosh, tanh, asinh } =
  compiled;

export const square = (x: number): number => x * x;

export const cube = (x: number): number => x * x * x;
