/**
 * U(s) = offset + slope (s − ½) + Σ_k weight_k tanh(steepness_k (s − centre_k)): the form in which C.-H. Chen et al.,
 * J. Electrochem. Soc. 167 (2020) 080534, give the potential of the LG M50's cathode, its line taken at the middle.
 * @param values offset, slope, then weight, steepness and centre of each step
 * @param stoichiometry where
 */
export function openCircuitCurve(values: readonly number[], stoichiometry: ArrayLike<number>): Float64Array {
  const [offset, slope] = values;
  return Float64Array.from(stoichiometry, (s) => {
    let u = offset + slope * (s - 0.5);
    for (let k = 2; k < values.length; k += 3) u += values[k] * Math.tanh(values[k + 1] * (s - values[k + 2]));
    return u;
  });
}
