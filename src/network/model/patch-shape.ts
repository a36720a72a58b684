/** Particles covered all over, or not at all, within this have one patch; their difference mode rests. */
const onePatch = 1e-9;

/** How the two sides of each particle enter its difference mode d. */
export interface PatchShape {
  /** [patch] s = m + lever · d at the patch: 1 − θ and −θ. */
  readonly lever: Float64Array;
  /** [patch] what a current in A counts for in the difference mode: 1/θ and −1/(1 − θ); 0 where it rests. */
  readonly tilt: Float64Array;
}

/** From the patches' shares of their particle's surface. */
export function patchShape(share: Float64Array): PatchShape {
  const resting = (k: number): boolean => share[2 * k] < onePatch || share[2 * k + 1] < onePatch;
  return {
    lever: share.map((_, a) => (resting(a >> 1) ? 0 : a % 2 === 0 ? share[a + 1] : -share[a - 1])),
    tilt: share.map((own, a) => (resting(a >> 1) ? 0 : (a % 2 === 0 ? 1 : -1) / own)),
  };
}
