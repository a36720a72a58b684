/** Rows with attributes and the target that is learned from them. Every number is finite. */
export interface Samples {
  readonly rows: number;
  /** Attributes by name, in the order of `attributes`. */
  readonly names: readonly string[];
  /** [attribute][row] */
  readonly attributes: Float64Array;
  /** [row] */
  readonly target: Float64Array;
}

/**
 * Samples from columns of equal length.
 * @throws RangeError when there are no attributes or no rows, when a column has another length than the
 * target, or a number is not finite.
 */
export function makeSamples(columns: Readonly<Record<string, ArrayLike<number>>>, target: ArrayLike<number>): Samples {
  const names = Object.keys(columns);
  const rows = target.length;
  if (names.length === 0) throw new RangeError("Making samples: found no attribute; give at least one column.");
  if (rows === 0) throw new RangeError("Making samples: found no row; give at least one.");
  const attributes = new Float64Array(names.length * rows);
  for (const [k, name] of names.entries()) attributes.set(checked(columns[name], rows, name), k * rows);
  return { rows, names, attributes, target: Float64Array.from(checked(target, rows, "the target")) };
}

/** The same attributes for chosen rows, in their order; a row may come several times. */
export function chooseRows(samples: Samples, chosen: ArrayLike<number>): Samples {
  const { names, rows } = samples;
  const attributes = new Float64Array(names.length * chosen.length);
  for (let k = 0; k < names.length; k++)
    for (let i = 0; i < chosen.length; i++)
      attributes[k * chosen.length + i] = samples.attributes[k * rows + chosen[i]];
  const target = Float64Array.from(chosen, (row) => samples.target[row]);
  return { rows: chosen.length, names, attributes, target };
}

/** The same rows with the attributes named, in the order given. @throws RangeError for a name there is not. */
export function chooseAttributes(samples: Samples, names: readonly string[]): Samples {
  return {
    ...makeSamples(Object.fromEntries(names.map((name) => [name, attributeOf(samples, name)])), samples.target),
  };
}

/** One attribute's values by row, a view. @throws RangeError for a name there is not. */
export function attributeOf(samples: Samples, name: string): Float64Array {
  const k = samples.names.indexOf(name);
  if (k < 0)
    throw new RangeError(`Choosing an attribute: found no ${name}; the samples have ${samples.names.join(", ")}.`);
  return samples.attributes.subarray(k * samples.rows, (k + 1) * samples.rows);
}

function checked(values: ArrayLike<number>, rows: number, name: string): ArrayLike<number> {
  if (values.length !== rows)
    throw new RangeError(`Making samples: ${name} has ${values.length} rows; the target has ${rows}.`);
  for (let row = 0; row < rows; row++)
    if (!Number.isFinite(values[row]))
      throw new RangeError(`Making samples: ${name} is ${values[row]} in row ${row + 1}; leave such rows out first.`);
  return values;
}
