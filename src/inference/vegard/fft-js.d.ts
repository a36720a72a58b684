/** What is used of fft.js, which comes without types. */
declare module "fft.js" {
  export default class FFT {
    /** @param size a power of two above 1 */
    constructor(size: number);
    /** `[number][re, im]` */
    transform(out: Float64Array, data: Float64Array): void;
    /** Divides by the size. */
    inverseTransform(out: Float64Array, data: Float64Array): void;
  }
}
