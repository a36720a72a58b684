import { expect, it } from "vitest";
import { payingMode } from "../../../src/network/kernel/break-even.js";

it("takes gpu.js from its break-even on, the mode that pays earliest, and loops as long as none has been measured to pay", () => {
  const from = { cpu: Number.POSITIVE_INFINITY, webasm: 5000, webgpu: 2000 };
  expect(payingMode(1999, from)).toBeNull();
  expect(payingMode(2000, from)).toBe("webgpu");
  expect(payingMode(1e6, from)).toBe("webgpu");
  expect(payingMode(1e6)).toBeNull();
});
