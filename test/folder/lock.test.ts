import { fork } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { takeLock } from "../../src/folder/lock.js";
import { privateName } from "../../src/folder/private-name.js";
import { thisProcess } from "../../src/folder/running-process.js";
import { scratchFolder } from "../scratch-folder.js";

const { folder, written } = scratchFolder();

function leave(name: string, holder: object): string {
  const path = written(`${name}/${privateName("lock")}`, JSON.stringify({ ...thisProcess(), ...holder }));
  writeFileSync(path.replace(/lock$/, "held"), "");
  return join(folder, name);
}

/** The number of no process: above what Linux gives. */
const nobody = 2 ** 30;

describe("the lock of a folder", () => {
  it("keeps others out until it is released, and leaves nothing", () => {
    const own = leave("a", { pid: nobody });
    const first = takeLock(own);
    expect(first.ok).toBe(true);
    const second = takeLock(own);
    expect(second).toMatchObject({ ok: false, holder: { pid: process.pid } });
    if (first.ok) first.lock.release();
    expect(readdirSync(own)).toEqual([]);
    const third = takeLock(own);
    expect(third.ok).toBe(true);
    if (third.ok) third.lock.release();
  });

  it.each([
    ["whose process has ended", { pid: nobody }],
    ["from before the machine was started", { pid: 1, started: "", boot: "another" }],
    ["whose number was given to another process since", { pid: process.ppid, started: "1" }],
    ["that this process has left behind", {}],
  ])("takes over one %s", (what, holder) => {
    const own = leave(what, holder);
    const taken = takeLock(own);
    expect(taken.ok).toBe(true);
    if (taken.ok) taken.lock.release();
    expect(readdirSync(own)).toEqual([]);
  });

  it("takes over one that was torn by a machine that stopped", () => {
    written(`torn/${privateName("lock")}`, "");
    expect(takeLock(join(folder, "torn")).ok).toBe(true);
  });

  it("leaves one of another machine, unless its processes are known to have ended", () => {
    const own = leave("far", { host: `${hostname()}-other` });
    const taken = takeLock(own);
    expect(taken).toMatchObject({ ok: false, holder: { host: `${hostname()}-other` } });
    if (!taken.ok) expect(readFileSync(taken.file, "utf8")).toContain("-other");
    expect(takeLock(own, { othersEnded: true }).ok).toBe(true);
  });

  it("is never held by two, with holders that are killed", async () => {
    const own = leave("raced", { pid: nobody });
    const module = fileURLToPath(new URL("./claimer.js", import.meta.url));
    const execArgv = ["--import", import.meta.resolve("tsx")];
    const told = await Promise.all(
      Array.from({ length: 4 }, async (_, k) => {
        const child = fork(module, [own, "60", k < 2 ? "0.1" : "0"], { execArgv, stdio: "inherit" });
        return new Promise<{ taken: number; together: number }>((resolve) => {
          let last = { taken: 0, together: 0 };
          child.on("message", (message: typeof last) => {
            last = message;
          });
          child.on("exit", () => resolve(last));
        });
      }),
    );
    expect(told.reduce((sum, { together }) => sum + together, 0)).toBe(0);
    expect(told.reduce((sum, { taken }) => sum + taken, 0)).toBeGreaterThan(20);
  });
});
