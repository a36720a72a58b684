/** A package that is installed unless optional ones are left out, and that is wanted now. */
export class MissingPackage extends Error {
  override readonly name = "MissingPackage";

  constructor(readonly packages: readonly string[]) {
    super(`Loading ${packages[0]}: it is not installed; install it with: npm install ${packages.join(" ")}`);
  }
}

/**
 * Loads an optional package.
 * @param packages what to install where it is absent, itself first.
 * @throws MissingPackage
 */
export async function optionalPackage<T>(packages: readonly string[], load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new MissingPackage(packages);
  }
}
