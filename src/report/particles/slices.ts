import type { ParticleFolder } from "../../result/particle-folder.js";
import { section } from "../html.js";

const style = `<style>
.slices { max-width: 690px; height: min(78vh, 640px); overflow-y: auto; scroll-snap-type: y mandatory; border: 1px solid var(--line); border-radius: 8px; background: var(--raised); }
.slices figure { height: 100%; scroll-snap-align: start; display: flex; flex-direction: column; padding: .6rem; }
.slices img { flex: 1; min-height: 0; object-fit: contain; object-position: center top; image-rendering: pixelated; }
.slices figcaption { flex: none; max-width: none; }
.slice-links { display: flex; flex-wrap: wrap; gap: .1rem .55rem; font-size: .8rem; margin: .5rem 0; }
.slice-links a { color: var(--muted); }
@media print { 
.slices { max-width: 690px; height: auto; overflow: visible; } .slices figure { height: 300px; break-inside: avoid; } .slice-links { display: none; } }
</style>`;

/** The slices one under the other in a window that is scrolled through slice by slice, with a link to each depth. */
export function slicesSection({ pictures, summary }: ParticleFolder): string {
  if (pictures.length === 0) return "";
  const [dz] = summary.voxelSize;
  const [nz] = summary.shape;
  const depth = (slice: number) => (slice * dz).toFixed(1);
  const links = pictures.map(({ slice }) => `<a href="#slice-${slice}">${depth(slice)}</a>`);
  const figures = pictures.map(({ slice, png }) => {
    const caption = `z = ${depth(slice)} µm, slice ${slice + 1} of ${nz}`;
    const source = `data:image/png;base64,${Buffer.from(png).toString("base64")}`;
    return `<figure id="slice-${slice}"><img src="${source}" alt="Slice with outlines, ${caption}" loading="lazy"><figcaption>${caption}</figcaption></figure>`;
  });
  const lead = `<p>Outlines of the particles, orange. Scroll through ${pictures.length} of ${nz} slices, or go to a depth (µm):</p>`;
  const jump = pictures.length > 1 ? `<nav class="slice-links">${links.join("")}</nav>` : "";
  const first = pictures.length > 1 ? lead : "<p>Outlines of the particles, orange.</p>";
  return section(
    "slices",
    "Slices",
    style,
    first,
    jump,
    `<div class="slices" tabindex="0">${figures.join("\n")}</div>`,
  );
}
