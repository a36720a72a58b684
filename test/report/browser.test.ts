import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildReport } from "../../src/report/run-report.js";
import { writeResultFolder } from "./result-folder.js";

const executablePath = "/usr/bin/chromium";
const place = mkdtempSync(join(tmpdir(), "synchrode-page-"));
const out = join(place, "report.html");
afterAll(() => rmSync(place, { recursive: true }));

describe.skipIf(!existsSync(executablePath))("the report in a browser (needs chromium)", () => {
  let browser: Browser;
  beforeAll(async () => {
    const folders = [join(place, "on"), join(place, "off")];
    writeResultFolder(folders[0], { steps: 6, fieldCycles: [1, 10, 40] });
    writeResultFolder(folders[1], { steps: 6, feedback: "off" });
    await buildReport(folders, out);
    browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  });
  afterAll(() => browser?.close());

  for (const [name, width, colorScheme] of [
    ["a phone", 360, "light"],
    ["a desk", 1280, "dark"],
  ] as const)
    it(`draws every figure on ${name} without complaint, request or sideways scroll`, async () => {
      const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
      const complaints: string[] = [];
      page.on("console", (message) => complaints.push(message.text()));
      page.on("pageerror", (error) => complaints.push(String(error)));
      page.on("request", (request) => {
        if (!/^(file|data):/.test(request.url())) complaints.push(`request ${request.url()}`);
      });
      await page.goto(pathToFileURL(out).href);
      const figures = await page.locator("figure > svg").all();
      expect(figures.length).toBeGreaterThan(25);
      for (const figure of figures) {
        const box = (await figure.boundingBox())!;
        expect(box.width).toBeGreaterThan(250);
        expect(box.height).toBeGreaterThan(80);
        expect(box.x + box.width).toBeLessThanOrEqual(width);
      }
      const marks = await page.$$eval("figure > svg", (drawn) =>
        drawn.map((svg) => {
          const inner = [
            ...svg.querySelectorAll<SVGGraphicsElement>(".mark-line path, .mark-image image, .mark-rule line"),
          ];
          return Math.max(0, ...inner.map((mark) => mark.getBoundingClientRect().width));
        }),
      );
      expect(Math.min(...marks)).toBeGreaterThan(100);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      expect(complaints).toEqual([]);
      await page.close();
    });
});
