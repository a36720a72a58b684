import { join } from "node:path";
import { jsonObjectIn } from "./json-file.js";

/** What makes a folder one of a command's own. */
export interface FolderKind {
  /** As in the marker of the folder. */
  readonly name: string;
  /** The command, for messages. */
  readonly command: string;
  /** Entries that the command writes, and may replace. */
  readonly products: RegExp;
  /** Of products that are folders, the files in them that the command writes and may replace. */
  readonly within?: Readonly<Record<string, RegExp>>;
  /** Of products, a folder that holds folders of this same kind. */
  readonly alike?: string;
  /** A JSON file of the results with keys that only this kind has: for folders without a marker. */
  readonly known: readonly { readonly file: string; readonly keys: readonly string[] }[];
  /** Whether `known` is written before all else, so that no marker is needed. */
  readonly marksItself?: true;
}

const pictures = { slices: /^\d+\.png$/ } as const;
const tables = String.raw`particles\.(csv|parquet)|contacts\.csv|radial-(fraction|depth)\.csv|card\.yaml|slices`;
const page = String.raw`summary\.json|report\.html`;

/** Every kind of folder that this program writes. */
export const folderKinds = {
  run: {
    name: "run",
    command: "synchrode run",
    products: new RegExp(
      `^(manifest\\.json|checkpoint\\.bin|timeseries\\.csv|particle_timeseries\\.csv|particles\\.csv|fields|controls|${page})$`,
    ),
    within: { fields: /\.(vtu|pvd)$/ },
    alike: "controls",
    known: [{ file: "manifest.json", keys: ["program", "scenarioSha256"] }],
    marksItself: true,
  },
  sweep: {
    name: "sweep",
    command: "synchrode sweep",
    products: /^(runs|slurm|runs\.csv|runs\.parquet|timings\.csv|sweep\.json|report\.html)$/,
    known: [{ file: "sweep.json", keys: ["program", "sweepSha256"] }],
  },
  fit: {
    name: "fit",
    command: "synchrode fit",
    products: /^(runs|fit\.json|report\.html)$/,
    known: [{ file: "fit.json", keys: ["parameters", "predictions", "method"] }],
  },
  segment: {
    name: "segment",
    command: "synchrode segment",
    products: new RegExp(`^(labels\\.tif|(xy|xz|yz|[xy][+-][yz])\\.tif|${tables}|${page})$`),
    within: pictures,
    known: [{ file: "summary.json", keys: ["interiorParticles", "phases", "interfaces"] }],
  },
  measure: {
    name: "measure",
    command: "synchrode measure",
    products: new RegExp(`^(${tables}|${page})$`),
    within: pictures,
    known: [{ file: "summary.json", keys: ["interiorParticles", "contacts"] }],
  },
  phantom: {
    name: "phantom",
    command: "synchrode phantom",
    products: /^((cathode|phases|labels)\.tif|truth\.csv|card\.yaml|calibration\.yaml|summary\.json)$/,
    known: [{ file: "summary.json", keys: ["recipe", "cracked"] }],
  },
  learn: {
    name: "learn",
    command: "synchrode learn",
    products: /^(learn\.json|shap-\d+\.csv|report\.html)$/,
    known: [{ file: "learn.json", keys: ["tables"] }],
  },
  compare: {
    name: "compare",
    command: "synchrode compare",
    products: /^(compare\.json|report\.html)$/,
    known: [{ file: "compare.json", keys: ["tests"] }],
  },
  vegard: {
    name: "vegard",
    command: "synchrode vegard",
    products: /^(vegard\.json|maps-\d+\.tif|report\.html)$/,
    known: [{ file: "vegard.json", keys: ["coefficients"] }],
  },
  stack: {
    name: "stack",
    command: "synchrode vegard --save-stack",
    products: /^(stack\.yaml|.*\.tif)$/,
    known: [],
  },
} as const satisfies Readonly<Record<string, FolderKind>>;

export const markerFile = ".synchrode.json";

/** The content of a marker. */
export function markerText({ name }: FolderKind): string {
  return `${JSON.stringify({ program: "synchrode", folder: name })}\n`;
}

/** Of what kind a folder is: by its marker, or by its results where it has none. @throws MachineFailure */
export function kindOf(folder: string): FolderKind | undefined {
  const all: readonly FolderKind[] = Object.values(folderKinds);
  const marker = jsonObjectIn(join(folder, markerFile));
  if (marker?.program === "synchrode") return all.find(({ name }) => name === marker.folder);
  return all.find(({ known }) =>
    known.some(({ file, keys }) => {
      const found = jsonObjectIn(join(folder, file));
      return found !== undefined && keys.every((key) => Object.hasOwn(found, key));
    }),
  );
}
