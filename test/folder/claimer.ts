/** Takes the lock of a folder again and again, and tells when another held it at the same time; killed now and then. */
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { takeLock } from "../../src/folder/lock.js";

const [folder = "", tries = "0", dies = "0"] = process.argv.slice(2);
const inside = join(folder, "inside");
let [taken, together] = [0, 0];
for (let k = 0; k < Number(tries); k++) {
  const found = takeLock(folder);
  if (!found.ok) continue;
  taken += 1;
  try {
    writeFileSync(inside, String(process.pid), { flag: "wx" });
  } catch {
    together += 1;
  }
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Math.random());
  if (!existsSync(inside)) together += 1;
  rmSync(inside, { force: true });
  if (Math.random() < Number(dies)) {
    process.send?.({ taken, together });
    process.kill(process.pid, "SIGKILL");
  }
  found.lock.release();
}
process.send?.({ taken, together });
