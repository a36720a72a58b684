import type { Outline, Triangulation } from "./delaunay.js";
import { refine } from "./refinement.js";
import { repair, smallestAngle } from "./repair.js";
import { smooth } from "./smoothing.js";

/** Largest circumradii to try, in wanted edge lengths; with the first, the mean edge has the wanted length. */
const circumradii = [0.8, 0.72, 0.88];
const ENOUGH_DEGREES = 25;
const SMOOTHINGS = 12;

/** Fills an outline with triangles: refines, smooths, repairs; again from another start while an angle is below 25°. */
export function fill(outline: Outline): Triangulation {
  let best: Triangulation | null = null;
  let widest = 0;
  for (const circumradius of circumradii) {
    const mesh = repair(smooth(refine(outline, circumradius), outline, SMOOTHINGS), outline);
    const angle = smallestAngle(mesh);
    if (best !== null && angle <= widest) continue;
    best = mesh;
    widest = angle;
    if (angle >= ENOUGH_DEGREES) break;
  }
  return best!;
}
