import { spawnSync } from "node:child_process";

/** The first Python at hand that has modules; `SYNCHRODE_PYTHON` names another. */
export function pythonWith(modules: readonly string[]): string | null {
  const candidates = [process.env.SYNCHRODE_PYTHON, "/usr/bin/python3", "python3"].filter((path) => path !== undefined);
  const test = `import ${modules.join(", ")}`;
  return candidates.find((path) => spawnSync(path, ["-c", test], { stdio: "ignore" }).status === 0) ?? null;
}
