import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { columnOf, readParticleTable, writeParticleTable } from "../../../src/table/particle-table.js";
import { twoStates } from "../../../validation/learning/two-states.js";
import { say } from "../../cli/said.js";

const folder = mkdtempSync(join(tmpdir(), "synchrode-learn-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { early, late } = twoStates(200);
const [first, second] = [join(folder, "cycle-10.csv"), join(folder, "cycle-50.csv")];
writeFileSync(first, writeParticleTable(early));
writeFileSync(second, writeParticleTable(late));
const quick = ["--preset", "li2022", "--runs", "2", "--subsample", "100", "--latent", "0", "--jobs", "1"];

it("writes what was learned, a table of SHAP values and a report", async () => {
  const out = join(folder, "results");
  const { status, out: said } = await say(
    "learn",
    first,
    second,
    ...quick,
    "--latent",
    "2",
    "--target",
    "damage",
    "--group",
    "z [um]=other",
    "--out",
    out,
    "--json",
  );
  expect(status).toBe(0);
  const record = JSON.parse(readFileSync(join(out, "learn.json"), "utf8"));
  expect(JSON.parse(said)).toEqual(record);
  expect(record.tables.map(({ name }: { name: string }) => name)).toEqual(["cycle-10", "cycle-50"]);
  const [table] = record.tables;
  expect(Object.keys(table)).toEqual(
    expect.arrayContaining(["scores", "attributes", "groupShares", "leakage", "additivityError"]),
  );
  expect(table.attributes.find(({ name }: { name: string }) => name === "z [um]").group).toBe("other");
  expect(record.difference.attributes).toHaveLength(table.attributes.length);
  expect(table.autoencoder).toMatchObject({ latent: 2, backend: expect.stringMatching(/tensorflow|wasm|cpu/) });
  expect(table.autoencoder.r2).toBeGreaterThanOrEqual(table.autoencoder.principalR2 - 0.01);
  const shap = readFileSync(join(out, "shap-1.csv"), "utf8").trim().split("\n");
  expect(shap).toHaveLength(1 + table.rows);
  expect(shap[0]).toContain("Particle,Base,SHAP of x [um]");
  expect(shap[0]).toContain(",SHAP of Distance of six nearest [um],x [um],");
  const contact = readParticleTable(readFileSync(join(out, "shap-2.csv"), "utf8"));
  const [own, at] = [columnOf(contact, "Contact"), columnOf(late, "Contact")];
  expect([...own]).toEqual([...columnOf(contact, "Particle")].map((id) => at[id - 1]));
  expect(record.reproduction.map(({ name }: { name: string }) => name)).toContain("share of the neighbourhood, late");
  const page = readFileSync(join(out, "report.html"), "utf8");
  expect(page.includes("Leakage audit")).toBe(true);
  for (const figure of ["swarm-1", "swarm-2", "shares-leak-free", "attributes-2"])
    expect([figure, page.includes(`figure-${figure}`)]).toEqual([figure, true]);
  expect(page.match(/<svg /g)!.length).toBeGreaterThanOrEqual(8);
  expect(/.{30}(NaN|undefined).{30}/.exec(page)?.[0]).toBeUndefined();
});

it("builds the report again", async () => {
  const results = join(folder, "results");
  const page = readFileSync(join(results, "report.html"), "utf8");
  rmSync(join(results, "report.html"));
  expect((await say("report", results)).status).toBe(0);
  expect(readFileSync(join(results, "report.html"), "utf8") === page).toBe(true);
});

it("learns from the tables that ship, by the example of its help", async () => {
  const tables = ["planted-early", "planted-late"].map((name) => join("scenarios", "tables", `${name}.csv`));
  const { status, out: said } = await say("learn", ...tables, ...quick, "--out", join(folder, "shipped"), "--json");
  expect(status).toBe(0);
  const [a, b] = JSON.parse(said).tables;
  expect(a.leakFree.groupShares.local.mean).toBeLessThan(0.2);
  expect(b.leakFree.groupShares.local.mean).toBeGreaterThan(0.5);
});

it("shows its example, and ends with status 2 on bad input", async () => {
  expect((await say("learn", "--help")).out).toMatch(/Example:\n {2}synchrode learn/);
  expect(await say("learn", join(folder, "none.csv"))).toMatchObject({
    status: 2,
    err: expect.stringContaining("found no"),
  });
  expect(await say("learn", first, "--target", "Cracks")).toMatchObject({
    status: 2,
    err: expect.stringMatching(/cycle-10\.csv: .*no column Cracks/),
  });
  writeFileSync(join(folder, "broken.csv"), "a,b\n1\n");
  expect(await say("learn", join(folder, "broken.csv"))).toMatchObject({
    status: 2,
    err: expect.stringContaining("line 2: found 1 cells"),
  });
  expect((await say("learn", first, "--preset", "best")).status).toBe(2);
  expect((await say("learn", first, "--group", "z=nowhere")).status).toBe(2);
});
