import FFT from "fft.js";

/** Discrete Fourier transform of rows of complex numbers, in place: `[number][re, im]`. */
export type LineFourier = (line: Float64Array) => void;

/** X_k = Σ x_j e^{−2πi jk/n}, for any length from 1. Lengths that are no power of two by Bluestein's convolution. */
export function lineFourier(length: number): LineFourier {
  if (length === 1) return () => {};
  if (Number.isInteger(Math.log2(length))) return powerOfTwo(length);
  return bluestein(length);
}

/** The transform of a picture of complex numbers `[row][column][re, im]`, in place. `inverse` divides by the pixels. */
export function pictureFourier(rows: number, columns: number): (data: Float64Array, inverse: boolean) => void {
  const [along, down] = [lineFourier(columns), lineFourier(rows)];
  const line = new Float64Array(2 * rows);
  return (data, inverse) => {
    if (inverse) conjugate(data);
    for (let row = 0; row < rows; row++) along(data.subarray(2 * row * columns, 2 * (row + 1) * columns));
    for (let column = 0; column < columns; column++) {
      for (let row = 0; row < rows; row++) {
        line[2 * row] = data[2 * (row * columns + column)];
        line[2 * row + 1] = data[2 * (row * columns + column) + 1];
      }
      down(line);
      for (let row = 0; row < rows; row++) {
        data[2 * (row * columns + column)] = line[2 * row];
        data[2 * (row * columns + column) + 1] = line[2 * row + 1];
      }
    }
    if (!inverse) return;
    conjugate(data);
    for (let k = 0; k < data.length; k++) data[k] /= rows * columns;
  };
}

function conjugate(data: Float64Array): void {
  for (let k = 1; k < data.length; k += 2) data[k] = -data[k];
}

function powerOfTwo(length: number): LineFourier {
  const fft = new FFT(length);
  const out = new Float64Array(2 * length);
  return (line) => {
    fft.transform(out, line);
    line.set(out);
  };
}

/**
 * jk = (j² + k² − (k − j)²) / 2 makes the transform a convolution, done at a power of two.
 * Source: Bluestein, IEEE Trans. Audio Electroacoust. 18 (1970) 451.
 */
function bluestein(length: number): LineFourier {
  const size = 2 ** Math.ceil(Math.log2(2 * length - 1));
  const fft = new FFT(size);
  const chirp = new Float64Array(2 * length);
  const kernel = new Float64Array(2 * size);
  for (let k = 0; k < length; k++) {
    const angle = (Math.PI * ((k * k) % (2 * length))) / length;
    chirp[2 * k] = Math.cos(angle);
    chirp[2 * k + 1] = -Math.sin(angle);
    for (const at of [k, (size - k) % size]) {
      kernel[2 * at] = Math.cos(angle);
      kernel[2 * at + 1] = Math.sin(angle);
    }
  }
  const transformed = new Float64Array(2 * size);
  fft.transform(transformed, kernel);
  const [padded, spectrum] = [new Float64Array(2 * size), new Float64Array(2 * size)];
  return (line) => {
    padded.fill(0);
    product(line, chirp, padded, length);
    fft.transform(spectrum, padded);
    product(spectrum, transformed, spectrum, size);
    fft.inverseTransform(padded, spectrum);
    product(padded, chirp, line, length);
  };
}

/** `out = a · b` for `count` complex numbers; `out` may be either. */
function product(a: Float64Array, b: Float64Array, out: Float64Array, count: number): void {
  for (let k = 0; k < 2 * count; k += 2) {
    const [re, im] = [a[k] * b[k] - a[k + 1] * b[k + 1], a[k] * b[k + 1] + a[k + 1] * b[k]];
    out[k] = re;
    out[k + 1] = im;
  }
}
