/**
 * Samples with reference values from SciPy 1.10.1: `ks_2samp` (exact p), `anderson_ksamp` (midranks), `wasserstein_distance`,
 * `energy_distance`, and the equations of largest likelihood solved to 1e-14 for a Beta distribution.
 */
export const plain = {
  a: [
    0.61, 0.29, 0.06, 0.59, -1.73, -0.74, 0.51, -0.56, 0.39, 1.64, 0.05, -0.06, 0.64, -0.82, 0.37, 1.77, 1.09, -1.28,
    2.36, 1.31, 1.05, -0.32,
  ],
  b: [1.29, 1.75, 0.48, 2.61, -0.4, 1.15, 3.02, 0.95, 2.2, -0.13, 1.58, 0.77, 1.41, 2.95, 0.03],
  ks: 0.46060606060606063,
  p: 0.030737454494456445,
  ad: 3.1168915999907867,
  w: 0.9824848484848485,
  e: 0.7162744137637977,
} as const;

export const tied = {
  a: [1, 2, 2, 3, 3, 3, 4, 5, 5, 9.5],
  b: [2, 3, 4, 4, 4, 5, 6, 6, 7, 8, 8, 9],
  ks: 0.43333333333333335,
  ad: 2.0008489700947014,
  w: 1.8833333333333335,
  e: 1.0651030205780307,
} as const;

export const shares = {
  values: [0.02, 0.11, 0.05, 0.33, 0.008, 0.21, 0.07, 0.15, 0.45, 0.03],
  a: 0.8519737867019628,
  b: 5.093974560081517,
} as const;
