/**
 * Quantiles by linear interpolation between order statistics (type 7 of Hyndman & Fan, Am. Stat. 50 (1996) 361–365).
 * @param shares in [0, 1]
 */
export function quantiles(values: ArrayLike<number>, shares: readonly number[]): number[] {
  const sorted = Float64Array.from(values).sort();
  return shares.map((share) => {
    const at = share * (sorted.length - 1);
    const low = Math.floor(at);
    const high = Math.min(low + 1, sorted.length - 1);
    return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
  });
}

export function quantile(values: ArrayLike<number>, share: number): number {
  return quantiles(values, [share])[0];
}
