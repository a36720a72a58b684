import type { Nearest } from "./nearest.js";

/** Standard deviation (of a sample) of a property among every particle's nearest neighbours, [particle]; NaN below two. */
export function spreadAmongNearest(property: ArrayLike<number>, { each, neighbour }: Nearest): Float64Array {
  return Float64Array.from({ length: property.length }, (_, i) => {
    let sum = 0;
    for (let k = 0; k < each; k++) sum += property[neighbour[i * each + k]];
    let square = 0;
    for (let k = 0; k < each; k++) square += (property[neighbour[i * each + k]] - sum / each) ** 2 / (each - 1);
    return each < 2 ? Number.NaN : Math.sqrt(square);
  });
}
