import { font } from "./figure/theme.js";

/** The look of the page: one column on a phone, two or three panels abreast where there is room, ink on white in print. */
export const pageStyle = `
:root { color-scheme: light dark; --ink: #1b2430; --muted: #5b6672; --grid: #e2e6ea; --paper: #ffffff; --raised: #f6f7f9; --line: #d9dee3;
  --good: #2c7a4b; --bad: #b3372a; --open: #8a6412; --accent: #c8412b; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e8ec; --muted: #9aa5b1; --grid: #2b333c; --paper: #14181d; --raised: #1c2229; --line: #313a44;
  --good: #6cc28d; --bad: #f08a7a; --open: #dcb457; --accent: #ee8068; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 ${font}; font-variant-numeric: tabular-nums; }
main { max-width: 1180px; margin: 0 auto; padding: 1.5rem clamp(1rem, 4vw, 2.5rem) 4rem; }
header { border-bottom: 1px solid var(--line); padding-bottom: .75rem; margin-bottom: 1.5rem; }
.eyebrow { color: var(--accent); font-size: .8rem; font-weight: 600; letter-spacing: .06em; text-transform: uppercase; margin: 0; }
h1 { font-size: clamp(1.5rem, 1.1rem + 1.8vw, 2.25rem); line-height: 1.18; font-weight: 650; letter-spacing: -.015em; margin: .25rem 0 .4rem; text-wrap: balance; }
.facts { color: var(--muted); font-size: .9rem; margin: 0; }
h2 { font-size: 1.3rem; font-weight: 640; letter-spacing: -.01em; margin: 2.75rem 0 .6rem; }
h3 { font-size: 1rem; margin: 1.5rem 0 .4rem; }
p { max-width: 70ch; margin: .5rem 0; }
section > p { color: var(--muted); font-size: .95rem; }
.lead { font-size: clamp(1.1rem, 1rem + .6vw, 1.35rem); line-height: 1.42; font-weight: 500; max-width: 60ch; }
.warning { border-left: 3px solid var(--bad); padding: .4rem .8rem; background: var(--raised); }
ul.warning { list-style: none; max-width: 70ch; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: .75rem; margin: 1.4rem 0 0; }
.tiles > div { background: var(--raised); border-radius: 8px; padding: .7rem .85rem; }
.tiles dt { color: var(--muted); font-size: .8rem; }
.tiles dd { margin: .1rem 0 0; font-size: 1.12rem; font-weight: 620; }
.tiles small { display: block; color: var(--muted); font-size: .78rem; font-weight: 400; }
.panels { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 330px), 1fr)); gap: 1.4rem 1.6rem; align-items: start; margin: .9rem 0; }
.panels.wide { grid-template-columns: minmax(0, 1fr); } .panels.wide > figure { overflow-x: auto; } .panels.wide svg { min-width: 40rem; }
figure { margin: 0; min-width: 0; break-inside: avoid; }
figure > svg { display: block; width: 100%; max-width: calc(var(--drawn-width, 360px) * 1.3); height: auto; overflow: visible; }
figcaption { font-size: .88rem; line-height: 1.42; color: var(--muted); margin-top: .3rem; max-width: 48ch; }
figcaption b { color: var(--ink); }
details.spec { font-size: .78rem; color: var(--muted); margin-top: .15rem; }
details.spec summary { cursor: pointer; width: max-content; }
details.spec p { margin: .2rem 0; }
.scroll { overflow-x: auto; margin: .8rem 0; }
table { border-collapse: collapse; font-size: .88rem; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .42rem .9rem .42rem 0; border-bottom: 1px solid var(--line); overflow-wrap: break-word; }
.entries td { overflow-wrap: anywhere; }
thead th { color: var(--muted); font-weight: 500; font-size: .8rem; }
tbody th { font-weight: 560; min-width: 6.5rem; }
.verdicts tbody th { min-width: 1.4rem; }
.verdicts td:nth-child(2) { font-weight: 560; min-width: 11rem; }
.verdicts td { min-width: 8rem; }
.verdicts td:last-child { min-width: 3.5rem; }
.runs td { white-space: nowrap; }
.remark { font-weight: 400; color: var(--muted); font-size: .82rem; margin: .2rem 0 0; }
.unit { white-space: nowrap; }
.verdict { font-weight: 620; white-space: nowrap; }
.verdict::before { display: inline-block; width: 1.1em; }
.holds { color: var(--good); } .holds::before { content: "✓"; }
.fails { color: var(--bad); } .fails::before { content: "✕"; }
.open { color: var(--open); } .open::before { content: "○"; }
.assumed { color: var(--open); font-weight: 560; }
code, .doi { font-size: .92em; overflow-wrap: anywhere; }
ul { padding-left: 1.1rem; } li { margin: .35rem 0; max-width: 80ch; }
@media (max-width: 640px) {
  .verdicts thead { display: none; }
  .verdicts tr { display: block; padding: .6rem 0; border-bottom: 1px solid var(--line); }
  .verdicts td, .verdicts th { display: block; border: 0; padding: .1rem 0; }
  .verdicts td:nth-child(4)::before { content: "Band: "; color: var(--muted); }
}
@media print {
  :root { --ink: #000; --muted: #444; --grid: #ddd; --paper: #fff; --raised: #f4f4f4; --line: #bbb; --good: #1c5a35; --bad: #8f2418; --open: #6b4d08; }
  body { font-size: 10.5pt; } main { max-width: none; padding: 0; }
  details.spec { display: none; } .panels { grid-template-columns: repeat(2, 1fr); } h2 { break-after: avoid; } tr { break-inside: avoid; }
  .scroll { overflow: visible; }
}
`;
