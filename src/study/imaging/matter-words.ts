import type { MatterSettings } from "../../imaging/matter/matter-map.js";

/** What `summary.json` says of which voxels are what. */
export function matterWords({ active, binder, filters }: MatterSettings) {
  return { active, binder, filters: filters.map(({ name }) => name) };
}
