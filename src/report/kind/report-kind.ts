import { existsSync } from "node:fs";
import { join } from "node:path";

/** A kind of report: about which folders it is, and what writes its page. */
export interface ReportKind {
  /** Whether a folder holds such results; a folder of several kinds is of the first that does. */
  readonly recognises: (folder: string) => boolean;
  /**
   * Writes one self-contained page; figures are loaded when it is called.
   * @param out path of the HTML file
   * @throws Error for folders whose files are missing, broken or do not fit together
   */
  readonly build: (folders: readonly string[], out: string) => Promise<void>;
}

/** A kind whose page is about one folder, which is known by a file. */
export function kindOfFolder(file: string, build: (folder: string, out: string) => Promise<void>): ReportKind {
  return {
    recognises: (folder) => existsSync(join(folder, file)),
    build: ([folder], out) => build(folder, out),
  };
}
