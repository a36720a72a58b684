import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Probe } from "./probe.js";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const execute = promisify(execFile);

/** A browser without a window that computes in a page. */
export const chromium: Probe = {
  name: "chromium",
  async run() {
    for (const name of names) {
      const version = await execute(name, ["--version"], { timeout: 20_000 }).catch(() => null);
      if (version) return `${version.stdout.trim()}: ${await product(name)}`;
    }
    throw new Error(`none of ${names.join(", ")} is on the path`);
  },
};

async function product(name: string): Promise<string> {
  const page = "data:text/html,<body><script>document.body.textContent='product '+6*7</script>";
  const options = ["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=2000", "--dump-dom", page];
  const { stdout } = await execute(name, options, { timeout: 40_000 });
  if (!stdout.includes("product 42")) throw new Error("the browser does not run the script of a page");
  return "a page's script ran";
}
