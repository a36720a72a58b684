/** An attribute of Li et al. 2022 (Science 376, 517, table S1), under its name in each register. */
export interface PublishedAttribute {
  readonly published: string;
  readonly physical: string;
  readonly paper: string;
}

/**
 * The 24 attributes: the 23 rows of the table, whose number 18 is missing, and the spread of sphericity among neighbours,
 * which the published notebook uses and the table leaves out.
 */
export const tableS1: readonly PublishedAttribute[] = [
  ["X", "x [um]"],
  ["Y", "y [um]"],
  ["Z", "z [um]"],
  ["Yaw", "Yaw [deg]"],
  ["Pitch", "Pitch [deg]"],
  ["Roll", "Roll [deg]"],
  ["EDensity", "Electron density"],
  ["Homogeneity", "Homogeneity"],
  ["SurfInner", "Inner surface [um2]"],
  ["SurfOuter", "Outer surface [um2]"],
  ["Volume", "Volume [um3]"],
  ["Damage", "Crack share"],
  ["Elongation", "Elongation"],
  ["Sphericity", "Sphericity"],
  ["VSratio", "Volume-surface ratio"],
  ["RoughInner", "Inner roughness"],
  ["RoughOuter", "Outer roughness"],
  ["Contact", "Contact"],
  ["PDensity", "Packing density"],
  ["DistNearest", "Distance of six nearest [um]"],
  ["ElongStd", "Elongation spread of six nearest"],
  ["VolumeStd", "Volume spread of six nearest [um3]"],
  ["OrienIso", "Orientation order of six nearest"],
  ["SphericityStd", "Sphericity spread of six nearest"],
].map(([published, physical]) => ({ published: published, physical: physical, paper: `${published} (paper)` }));
