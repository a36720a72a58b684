import { describe, expect, it } from "vitest";
import { areLike, damageQuantity } from "../../src/table/damage-name.js";
import { columnOf, readParticleTable } from "../../src/table/particle-table.js";

const read = (header: string, ...rows: string[]) => readParticleTable(`${[header, ...rows].join("\n")}\n`);
const column = (name: string, ...cells: string[]) => {
  const table = read(`Particle,${name}`, ...cells.map((cell, k) => `${k + 1},${cell}`));
  const own = table.names[1] ?? "";
  return { name: own, values: [...columnOf(table, own)] };
};

describe("units of a particle table", () => {
  it.each([
    ["Crack share [%]", "14", "Crack share", 0.14],
    ["Mean stoichiometry [%]", "46", "Mean stoichiometry", 0.46],
    ["Anything [%]", "7", "Anything", 0.07],
    ["x [nm]", "1500", "x [um]", 1.5],
    ["Particle radius [mm]", "0.004", "Particle radius [um]", 4],
    ["Particle radius [µm]", "4", "Particle radius [um]", 4],
    ["Volume [nm3]", "5e9", "Volume [um3]", 5],
    ["Inner surface [mm²]", "2e-6", "Inner surface [um2]", 2],
    ["x [px]", "12", "x [px]", 12],
    ["Yaw [deg]", "30", "Yaw [deg]", 30],
    ["Cell voltage [mV]", "3000", "Cell voltage [mV]", 3000],
    ["Sphericity [-]", "0.9", "Sphericity", 0.9],
  ])("%s", (written, cell, name, value) => {
    const found = column(written, cell);
    expect(found.name).toBe(name);
    expect(Math.abs(found.values[0] / value - 1)).toBeLessThan(1e-12);
  });

  it("makes shares in % equal to those without, to the bit", () => {
    const shares = Array.from({ length: 99 }, (_, k) => (k + 1) / 100);
    expect(column("Damage [%]", ...shares.map((_, k) => String(k + 1))).values).toEqual(shares);
  });

  it.each([
    ["Damage [um]", "0.1", 'the unit "um" of column "Damage [um]"; allowed: no unit, or %'],
    ["Mean stoichiometry [V]", "0.1", 'the unit "V"'],
    ["x [V]", "1", "a unit of length such as um, or px"],
    ["Particle radius [um2]", "1", "a unit of length"],
    ["z [furlongs per week]", "1", "a unit of length"],
    ["Damage", "12", 'line 2: found 12 in row 1 of column "Damage"; allowed: a share from 0 to 1, or in per cent'],
    ["Coverage", "-0.2", "a share from 0 to 1"],
  ])("refuses %s", (written, cell, message) => expect(() => column(written, cell)).toThrow(message));

  it("refuses two columns that are one quantity", () => {
    expect(() => read("x [um],x [nm]", "1,1000")).toThrow('two columns that are "x [um]"');
  });
});

describe("the two damages", () => {
  it("of published tables is the share of cracks, and that is said", () => {
    const table = read("x [um],damage", "1,0.1");
    expect(table.names).toEqual(["x [um]", "Crack share"]);
    expect(table.notes).toEqual([
      expect.stringMatching(/^damage is read as Crack share: the volume of a particle's cracks/),
    ]);
  });

  it("of older simulations is that of the interface", () => {
    const table = read("Nominal coverage,Damage,Largest damage", "0.3,0.1,0.2");
    expect(table.names).toEqual(["Nominal coverage", "Interface damage", "Largest interface damage"]);
  });

  it("keeps names that say what they are", () => {
    const table = read("Damage,Crack share", "0.1,0.2");
    expect([table.names, table.notes]).toEqual([["Damage", "Crack share"], []]);
  });

  it("are told apart by names in every register", () => {
    const names = [
      "Interface damage",
      "Largest interface damage",
      "Damage",
      "Damage (paper)",
      "damage2d",
      "Crack share",
      "Detachment",
      "Coverage",
    ];
    expect(names.map(damageQuantity)).toEqual([
      "interface damage",
      "interface damage",
      "crack share",
      "crack share",
      "crack share",
      "crack share",
      "detachment",
      undefined,
    ]);
    expect(areLike("interface damage", "detachment")).toBe(true);
    expect(areLike("interface damage", "crack share")).toBe(false);
    expect(areLike("crack share", undefined)).toBe(false);
  });
});

describe("columns of a particle table", () => {
  it("of words are left out and named when asked for", () => {
    const table = read("Particle,Sample,Damage", "1,A1,0.1", "2,,0.2", "3,12,0.3", "4,B,0.3");
    expect(table.names).toEqual(["Particle", "Crack share"]);
    expect(() => columnOf(table, "Sample")).toThrow("column Sample holds words");
  });

  it("of numbers hold nothing else", () => {
    expect(() => read("Particle,Radius", "1,4.3V", "2,4.2", "3,4.1")).toThrow(
      'line 2: found "4.3V" in row 1 of column "Radius"',
    );
  });

  it("without a name are nobody's", () => {
    expect(read(",x [um],Damage", "0,5,0.1", "1,6,0.2").names).toEqual(["x [um]", "Crack share"]);
  });
});
