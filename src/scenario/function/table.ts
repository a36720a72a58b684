import * as z from "zod";
import { table as throughPoints } from "../../fem/law/stoichiometry-function.js";
import type { Dimension } from "../../quantity/units.js";
import { list, means, quantity, section, share, text } from "../../schema/leaf.js";
import { note } from "../reading.js";
import type { MappedForm } from "./form.js";
import { unphysical } from "./physical-function.js";
import { readTable, type TableSource } from "./points.js";

type Tabled = {
  readonly table: readonly (readonly [stoichiometry: number, value: number])[];
};

const stoichiometries = "stoichiometries of the points, or the name of their column";

/** Points, in the scenario or in columns of a file, with a monotone cubic between them. */
export const table = {
  key: "table",
  of: ["voltage", "diffusivity", "currentDensity"],
  positive: false,
  said: (dimension: Dimension) => means("a function in points, here or in a file", pointsOrColumns(dimension)),
  settled: (said: TableSource, { which, dimension, path, reading }) => {
    const at = [...path, "table"];
    const before = reading.faults.length;
    const points = readTable(said, dimension, at, reading);
    const wrong = reading.faults.length > before ? null : unphysical(throughPoints(points), which);
    if (wrong) note(reading, at, wrong);
    return { table: points };
  },
  source: (said: TableSource) => ("file" in said ? `the table ${said.file}` : "a table of the scenario"),
  law: (choice: Tabled) => throughPoints(choice.table),
  known: ({ table: points }: Tabled) => {
    const [first, last] = [points[0], points.at(-1)];
    return points.length > 1 && first && last ? ([first[0], last[0]] as const) : undefined;
  },
  constant: ({ table: points }: Tabled) => points.every(([, value]) => value === points[0]?.[1]),
} as const satisfies MappedForm;

function pointsOrColumns(dimension: Dimension) {
  const points = section({
    stoichiometry: means(stoichiometries, list(share, "numbers from 0 to 1", 10_000)),
    values: means(
      "values at these stoichiometries, each with its unit",
      list(quantity(dimension), "quantities", 10_000),
    ),
  });
  const columns = section({
    file: means("a table in a file, relative to this one", text("the path of a CSV file")),
    stoichiometry: means(stoichiometries, text()),
    value: means("name of the column of values, with its unit in brackets", text()),
  });
  return z.union([points, columns], {
    error: "a mapping with the keys stoichiometry and values, or file, stoichiometry and value",
  });
}
