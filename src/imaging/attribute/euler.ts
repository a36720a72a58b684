import type { PrincipalAxes } from "./principal-axes.js";

/**
 * Turns about z, y and x that take the axes of the picture to the longest, middle and shortest axis of a particle, in
 * degrees. An axis has no head, so each angle is meant modulo 180.
 */
export function eulerAngles({
  directions: [first, second],
}: PrincipalAxes): [yaw: number, pitch: number, roll: number] {
  const [x, y, z] = first;
  const third = [y * second[2] - z * second[1], z * second[0] - x * second[2], x * second[1] - y * second[0]];
  const degrees = (radians: number) => (180 * radians) / Math.PI;
  const yaw = degrees(Math.atan2(y, x));
  const pitch = degrees(Math.asin(Math.max(-1, Math.min(1, -z))));
  return [yaw, pitch, degrees(Math.atan2(second[2], third[2]))];
}
