import { refusalCode, throwPassing } from "../../folder/machine-failure.js";
import { Stopped } from "../steps/steps.js";

/** An image file that cannot be used: what was found, what is allowed and what to do, in one message. */
export class Unreadable extends Error {
  override readonly name = "Unreadable";

  constructor(
    readonly path: string,
    /** What was found and what is allowed, as a clause. */
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(onOneLine(`Reading ${path}: ${reason}`), options);
  }
}

/** What a damaged file says, or a strange name, must neither break the line nor steer a terminal. */
function onOneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, "·");
}

/**
 * Runs a library on a file; whatever it throws becomes one clear error. `doing` is what was tried, as a clause.
 * @throws Unreadable; MachineFailure where the machine failed, such as a full disk, which is no fault of the file
 */
export async function guarded<T>(path: string, doing: string, work: () => Promise<T> | T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Unreadable || error instanceof Stopped) throw error;
    if (refusalCode(error) !== undefined) throwPassing("Reading", path, error);
    const found = error instanceof Error ? error.message : String(error);
    throw new Unreadable(
      path,
      `${doing}: ${found.split("\n")[0]}. The file is damaged, cut short or of another kind.`,
      {
        cause: error,
      },
    );
  }
}
