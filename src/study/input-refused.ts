import { Unreadable } from "../imaging/volume/unreadable.js";

/** What was given cannot be used; the message says what was found, what is allowed and what to do. */
export class InputRefused extends Error {
  override readonly name = "InputRefused";
}

/** Pictures that cannot be used, and settings that do not fit them, are bad input. @throws InputRefused */
export async function asInput<T>(work: () => Promise<T> | T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Unreadable || error instanceof RangeError)
      throw new InputRefused(error.message, { cause: error });
    throw error;
  }
}
