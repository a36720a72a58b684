/**
 * Gives `navigator.gpu` to a Node.js process or thread from the optional package webgpu, and names the adapter.
 *
 * @throws Error saying what is missing.
 */
export async function giveWebGpu(): Promise<string> {
  let dawn: typeof import("webgpu");
  try {
    dawn = await import("webgpu");
  } catch (error) {
    throw new Error(`the package webgpu does not load: ${(error as Error).message.split("\n")[0]}`);
  }
  Object.assign(globalThis, dawn.globals);
  const gpu = dawn.create([]);
  const given = { value: gpu, configurable: true };
  if (globalThis.navigator === undefined) {
    Object.defineProperty(globalThis, "navigator", { value: { gpu }, configurable: true });
  } else Object.defineProperty(globalThis.navigator, "gpu", given);
  const adapter = await gpu.requestAdapter();
  if (adapter === null) throw new Error("no graphics adapter: no Vulkan, Metal or Direct3D driver was found");
  const { vendor, architecture, description } = adapter.info;
  return [vendor, architecture, description].filter((text) => text !== "").join(" ") || "an unnamed adapter";
}
