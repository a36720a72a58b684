/** A line of text beside a point; lengths in shares of the panel, from the bottom left. */
export interface PlacedLabel {
  /** From where to where it reaches across. */
  readonly across: readonly [from: number, to: number];
  readonly height: number;
}

/** Heights at which no label covers another: each stays, or goes up until it is free. `line` is the height of one. */
export function labelHeights(labels: readonly PlacedLabel[], line: number): number[] {
  const heights = labels.map(({ height }) => height);
  const order = [...labels.keys()].sort((a, b) => labels[a].height - labels[b].height);
  for (const [place, k] of order.entries()) {
    const [from, to] = labels[k].across;
    const beside = order
      .slice(0, place)
      .filter((other) => labels[other].across[0] < to && labels[other].across[1] > from)
      .map((other) => heights[other])
      .sort((a, b) => a - b);
    for (const taken of beside) if (Math.abs(heights[k] - taken) < line) heights[k] = taken + line;
  }
  return heights;
}
