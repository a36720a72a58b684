import type { Pooled } from "./pooled.js";

/**
 * Anderson and Darling's statistic for two samples, with midranks where values tie, less its mean and over its standard
 * deviation (Scholz and Stephens, J. Am. Stat. Assoc. 82, 918 (1987), equations 7 and 4): about 0 for samples of one kind.
 */
export function andersonDarling({ last, sizes }: Pooled, first: Uint8Array): number {
  const [m, n] = sizes;
  const total = m + n;
  let [sum, below, firstBelow, ties, firstTies] = [0, 0, 0, 0, 0];
  for (let k = 0; k < total; k++) {
    ties++;
    firstTies += first[k];
    if (!last[k]) continue;
    const rank = below + ties / 2;
    const scale = rank * (total - rank) - (total * ties) / 4;
    const [a, b] = [firstBelow + firstTies / 2, below - firstBelow + (ties - firstTies) / 2];
    if (scale > 0)
      sum += ((ties / total) * ((total * a - m * rank) ** 2 / m + (total * b - n * rank) ** 2 / n)) / scale;
    below += ties;
    firstBelow += firstTies;
    [ties, firstTies] = [0, 0];
  }
  return ((sum * (total - 1)) / total - 1) / standardDeviation(m, n);
}

/** Of the statistic under the null hypothesis, for two samples. */
function standardDeviation(m: number, n: number): number {
  const total = m + n;
  if (total < 4) return Number.NaN;
  const inverse = 1 / m + 1 / n;
  let [h, g] = [0, 0];
  for (let i = 1; i < total; i++) h += 1 / i;
  let tail = 0;
  for (let i = total - 1; i >= 2; i--) {
    tail += 1 / i;
    g += tail / (total - i + 1);
  }
  const a = 4 * g - 6 + (10 - 6 * g) * inverse;
  const b = 4 * (2 * g - 4) + 16 * h + (2 * g - 14 * h - 4) * inverse - 8 * h + 4 * g - 6;
  const c = 4 * (6 * h + 2 * g - 2) + 2 * (4 * h - 4 * g + 6) + (2 * h - 6) * inverse + 4 * h;
  const d = 4 * (2 * h + 6) - 8 * h;
  return Math.sqrt((a * total ** 3 + b * total ** 2 + c * total + d) / ((total - 1) * (total - 2) * (total - 3)));
}
