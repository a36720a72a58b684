import { draws } from "../src/draws/draws.js";
import { measureBall } from "./imaging/balls.js";
import type { ValidationCase } from "./validation-case.js";
import { atMost, between } from "./verdicts.js";

/** Published code on digitised balls, surfaces as counts of voxels. */
const counted = [
  [10, 2.1],
  [20, 1.93],
  [60, 1.8],
] as const;

/** Means over random places of the centre between voxels, and the largest error in area. */
export function ballsAt(radius: number, places: number) {
  const random = draws(radius, "places");
  const place = () => [random.uniform() - 0.5, random.uniform() - 0.5, random.uniform() - 0.5] as const;
  const found = Array.from({ length: places }, () => measureBall(radius, place()));
  const mean = (of: (ball: (typeof found)[number]) => number) =>
    found.reduce((sum, ball) => sum + of(ball), 0) / places;
  return {
    area: mean(({ areaError }) => areaError),
    worstArea: Math.max(...found.map(({ areaError }) => Math.abs(areaError))),
    volume: mean(({ volumeError }) => volumeError),
    sphericity: mean(({ sphericity }) => sphericity),
  };
}

/** Surfaces and forms of digitised balls, in both registers. */
export const imagingBalls: ValidationCase = {
  name: "imaging-balls",
  title: "Surface, volume and sphericity of digitised balls",
  slow: false,
  run: async () => [
    ...[8, 10, 15, 20, 50, 100].flatMap((radius) => {
      const { area, worstArea, volume, sphericity } = ballsAt(radius, radius < 50 ? 8 : 1);
      return [
        atMost(`R = ${radius}: area, mean relative error`, area, 0.01),
        atMost(`R = ${radius}: area, largest relative error`, worstArea, 0.02),
        between(`R = ${radius}: sphericity`, sphericity, 0.98, 1.01),
        ...(radius < 20 ? [] : [atMost(`R = ${radius}: volume, mean relative error`, volume, 0.002)]),
      ];
    }),
    ...counted.map(([radius, published]) =>
      between(
        `R = ${radius}: sphericity as the published code counts`,
        measureBall(radius).paperSphericity,
        published - 0.01,
        published + 0.01,
      ),
    ),
  ],
};
