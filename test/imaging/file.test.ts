import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { headOf, withFile } from "../../src/imaging/volume/file.js";
import { readPicture } from "../../src/imaging/volume/files.js";

const folder = mkdtempSync(join(tmpdir(), "synchrode-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("opening what is no plain file", () => {
  it("refuses a pipe at once, also beside a header and among slices", async () => {
    const pipe = join(folder, "a.tif");
    execFileSync("mkfifo", [pipe]);
    await expect(readPicture(pipe)).rejects.toThrow("found a pipe; a file is allowed");
    await expect(readPicture(folder)).rejects.toThrow(/a.tif: found a pipe/);
    rmSync(pipe);
    execFileSync("mkfifo", [join(folder, "a.png")]);
    await expect(readPicture(folder)).rejects.toThrow(/a.png: found a pipe/);
    rmSync(join(folder, "a.png"));
  });

  it("refuses devices, sockets and folders", async () => {
    await expect(readPicture("/dev/zero")).rejects.toThrow("found a device");
    const path = join(folder, "socket.tif");
    const server = createServer().listen(path);
    await new Promise((resolve) => server.once("listening", resolve));
    await expect(readPicture(path)).rejects.toThrow("found a socket");
    server.close();
    mkdirSync(join(folder, "sub"));
    expect(() => headOf(join(folder, "sub"))).toThrow("found a folder");
    await expect(withFile(join(folder, "none"), () => 1)).rejects.toThrow("ENOENT");
  });

  it("reads a plain file in pieces, and not beyond its end", async () => {
    const path = join(folder, "plain");
    writeFileSync(path, Uint8Array.of(1, 2, 3, 4));
    expect(await withFile(path, (file) => [...file.bytes(1, 2)])).toEqual([2, 3]);
    await expect(withFile(path, (file) => file.bytes(3, 2))).rejects.toThrow("ends at byte 4");
  });
});
