import { describe, expect, it } from "vitest";
import { aside } from "../../src/cli/probe/aside.js";
import { find } from "../../src/cli/probe/probe.js";
import { tensorFlow } from "../../src/cli/probe/tensorflow.js";

describe("probes of doctor", () => {
  it("find TensorFlow.js by a product that is right, and name its backend", async () => {
    const { works, detail } = await find(tensorFlow);
    expect([works, detail]).toEqual([
      true,
      expect.stringMatching(/32 × 32 product within .* ran as (wasm|cpu|tensorflow)/),
    ]);
  });

  it("that native libraries take part in run aside: the finding comes back, and nothing else", {
    timeout: 90_000,
  }, async () => {
    const found = await find(aside(tensorFlow));
    expect([found.works, found.detail]).toEqual([true, expect.stringContaining("ran as")]);
    const unknown = await find(aside({ name: "nothing of the kind", run: async () => "" }));
    expect(unknown.works).toBe(false);
  });
});
