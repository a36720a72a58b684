/** Builds the program when npm has installed what builds it; without these packages it says so and leaves `dist` as it is. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const tools = ["typescript", "assemblyscript"];
const absent = tools.filter((name) => !existsSync(new URL(`../node_modules/${name}`, import.meta.url)));

if (absent.length > 0) {
  const built = existsSync(new URL("../dist/src/cli/main.js", import.meta.url));
  const next = built
    ? "dist is used as it is"
    : "there is no dist yet: install with development packages (npm ci) to build it";
  process.stderr.write(`Not built: ${absent.join(" and ")} left out of this installation; ${next}.\n`);
} else {
  const { status } = spawnSync("npm", ["run", "build"], {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  process.exitCode = status ?? 1;
}
