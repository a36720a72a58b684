import { byCoverage } from "../../inference/synchronisation.js";
import { particleName, type Run } from "../measured-run.js";
import type { Courses } from "./courses.js";
import { particleBands } from "./particle-bands.js";
import { round } from "./round.js";
import { coverageColours, coverageRange, quantitative } from "./theme.js";

/** One value of one particle. */
interface ParticlePoint {
  readonly particle: string;
  readonly coverage: number;
  readonly x: number;
  readonly y: number;
}

/** Rows for `y(k)` of each particle at each x. */
function particlePoints(run: Run, x: readonly number[], y: readonly (readonly number[])[]): readonly ParticlePoint[] {
  return run.measured.coverage.flatMap((coverage, k) =>
    x.map((at, row) => ({
      particle: particleName(run, k),
      coverage: round(coverage),
      x: round(at),
      y: round(y[row][k]),
    })),
  );
}

/** Colour of a particle, the same in every figure: by rank of coverage, or by coverage itself when there are many. */
function particleColour(run: Run): object {
  if (run.particles > 9)
    return {
      field: "coverage",
      type: quantitative,
      title: "Coverage",
      scale: { domain: [0, 1], range: coverageRange, interpolate: "rgb" },
      legend: { format: ".0%" },
    };
  const order = byCoverage(run.measured.coverage);
  const domain = order.map((k) => particleName(run, k));
  return {
    field: "particle",
    type: "nominal",
    title: "Particle",
    scale: { domain, range: coverageColours(run.particles) },
    legend: run.particles > 5 ? { columns: 5, titleOrient: "top" } : {},
  };
}

/** More lines than this cannot be told apart. */
export const mostLines = 20;

/** A layer of the particles' courses, `y[row][particle]`: a line each, or bands of their quantiles when there are many. */
export function particleCourses(run: Run, courses: Courses): object {
  return run.particles > mostLines ? particleBands(run, courses) : particleLines(run, courses);
}

/** A layer of one line a particle. */
function particleLines(run: Run, { x, y, axes }: Courses): object {
  return {
    data: { values: particlePoints(run, x, y) },
    mark: { type: "line" },
    encoding: {
      x: { field: "x", type: quantitative, ...axes.x },
      y: { field: "y", type: quantitative, ...axes.y },
      color: particleColour(run),
      detail: { field: "particle" },
    },
  };
}
