/** The page's style sheet: light and dark from one set of variables, readable from 320 pixels on. */
export const STYLES = `
:root {
  --paper: #fff; --sheet: #f6f7f9; --ink: #1a1d23; --quiet: #596170; --edge: #d9dde4; --link: #0b57b0;
  --right: #11703a; --right-paper: #e6f5ec; --wrong: #b3201c; --wrong-paper: #fdebea; --warn: #7a5200; --warn-paper: #fdf3dc;
  --keyword: #8a2a8f; --string: #1c6b3c; --comment: #66707f; --number: #9a4a00;
  --muted-line: #b9bfc9; --strong-line: #111; --line-0: #1f77b4; --line-1: #d9730d; --line-2: #2c8a2c; --line-3: #c22f2f;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171c; --sheet: #1c2027; --ink: #e6e9ee; --quiet: #9ea7b5; --edge: #343b46; --link: #7db8ff;
    --right: #6fd69a; --right-paper: #14301f; --wrong: #ff9a94; --wrong-paper: #3a1716; --warn: #f0c674; --warn-paper: #33290f;
    --keyword: #d9a0e8; --string: #8fd3a6; --comment: #8b95a5; --number: #f0b27a;
    --muted-line: #5b6472; --strong-line: #f2f4f7; --line-0: #5aa9e6; --line-1: #f29e4c; --line-2: #6cc36c; --line-3: #f07878;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; -webkit-text-size-adjust: 100%; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0 auto; padding: 0 1rem 4rem; max-width: 76rem; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: break-word; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 0.5rem; background: var(--paper); padding: 0.5rem; z-index: 2; }
h1 { margin: 0.2rem 0 1rem; font-size: 2rem; line-height: 1.2; }
h2 { margin: 3rem 0 0.5rem; font-size: 1.5rem; line-height: 1.25; }
h3 { margin: 1.75rem 0 0.5rem; font-size: 1.1rem; }
p { margin: 0.4rem 0 0.8rem; max-width: 70ch; }
code, pre { font: 0.85em/1.5 ui-monospace, 'SF Mono', Menlo, Consolas, monospace; }
.brand { margin: 1.5rem 0 0; font-weight: 700; }
.brand span { color: var(--quiet); font-weight: 400; margin-left: 0.4rem; }
.quiet, small { color: var(--quiet); font-size: 0.85rem; }
small { display: block; font-weight: 400; }
.none { color: var(--quiet); }
.verdict { border-left: 0.4rem solid; border-radius: 0.4rem; padding: 0.7rem 1rem; }
.verdict p { margin: 0; }
.verdict ul { margin: 0.4rem 0 0; padding-left: 1.2rem; }
.verdict-word { font-size: 1.35rem; font-weight: 700; }
.verdict.right { border-color: var(--right); background: var(--right-paper); }
.verdict.wrong { border-color: var(--wrong); background: var(--wrong-paper); }
.right .verdict-word { color: var(--right); }
.wrong .verdict-word { color: var(--wrong); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: 0.8rem; margin: 1rem 0; }
.tile { background: var(--sheet); border: 1px solid var(--edge); border-radius: 0.4rem; padding: 0.6rem 0.9rem; }
.tile dt { font-size: 0.9rem; }
.tile dd { margin: 0; }
.tile strong { display: block; font-size: 1.5rem; line-height: 1.3; font-variant-numeric: tabular-nums; }
.tile span { color: var(--quiet); font-size: 0.85rem; }
nav { background: var(--paper); border-bottom: 1px solid var(--edge); }
@media (min-width: 60rem) { nav { position: sticky; top: 0; z-index: 1; } }
nav ul { display: flex; flex-wrap: wrap; gap: 0.2rem 1.2rem; list-style: none; margin: 0; padding: 0.5rem 0; }
section, article { scroll-margin-top: 4rem; }
.scroll { overflow-x: auto; border: 1px solid var(--edge); border-radius: 0.4rem; margin: 0.8rem 0; }
table { border-collapse: collapse; width: 100%; font-size: 0.92rem; }
caption { text-align: left; padding: 0.5rem 0.7rem; color: var(--quiet); font-size: 0.85rem; }
th, td { padding: 0.4rem 0.7rem; border-top: 1px solid var(--edge); text-align: left; vertical-align: top; }
thead th { background: var(--sheet); font-size: 0.85rem; }
tbody th { font-weight: 400; }
th small { max-width: 24rem; min-width: 11rem; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td strong { white-space: nowrap; font-variant-numeric: tabular-nums; }
td.ok strong { color: var(--right); }
td.bad, td.bad strong, p.bad { color: var(--wrong); }
td.bad { background: var(--wrong-paper); }
tr.total th, tr.total td { border-top: 2px solid var(--edge); font-weight: 600; }
code.small { font-size: 0.78rem; }
td code, td:has(.bar) { white-space: nowrap; }
.bar { display: inline-block; width: 6rem; height: 0.6rem; border-radius: 0.3rem; background: var(--edge); overflow: hidden; margin-right: 0.4rem; }
.bar span { display: block; height: 100%; background: var(--line-0); }
.strip path { stroke: var(--edge); fill: none; }
.strip circle { fill: var(--line-0); fill-opacity: 0.45; }
.badge { display: inline-block; border-radius: 0.8rem; padding: 0 0.55rem; font-size: 0.8rem; background: var(--warn-paper); color: var(--warn); }
.badge.fail, .badge.wrong, .badge.failed, .badge.crash, .badge.timeout { background: var(--wrong-paper); color: var(--wrong); }
details { margin: 0.5rem 0; }
summary { cursor: pointer; padding: 0.2rem 0; overflow-wrap: anywhere; }
details.bad > summary { color: var(--wrong); font-weight: 600; }
.results { list-style: none; padding-left: 0.8rem; border-left: 2px solid var(--edge); margin: 0.3rem 0; }
.results li { overflow-wrap: anywhere; margin: 0.25rem 0; }
.message { white-space: pre-wrap; overflow-wrap: anywhere; max-width: none; }
.facts { display: flex; flex-wrap: wrap; gap: 0 1.2rem; list-style: none; margin: 0.2rem 0 0.6rem; padding: 0; color: var(--quiet); font-size: 0.85rem; }
.not-run li { margin: 0.3rem 0; max-width: 70ch; }
.cell { border-top: 1px solid var(--edge); padding: 0.3rem 0 1rem; }
.cell h3 { font-size: 1.15rem; }
.cell-number { display: inline-block; min-width: 1.9rem; padding: 0 0.4rem; border-radius: 0.4rem; background: var(--sheet); border: 1px solid var(--edge); text-align: center; font-size: 0.95rem; }
.codes { display: grid; grid-template-columns: 1fr 1fr; gap: 0.8rem; }
@media (max-width: 60rem) { .codes { grid-template-columns: minmax(0, 1fr); } }
figure { margin: 0; min-width: 0; }
figcaption { color: var(--quiet); font-size: 0.85rem; }
pre { background: var(--sheet); border: 1px solid var(--edge); border-radius: 0.4rem; padding: 0.6rem 0.8rem; overflow-x: auto; margin: 0.2rem 0 0; }
.code { display: flex; flex-direction: column; }
.code pre { flex: 1; }
.keyword { color: var(--keyword); }
.string { color: var(--string); }
.comment { color: var(--comment); font-style: italic; }
.code .number { color: var(--number); white-space: inherit; }
.printed { border-left: 0.3rem solid var(--edge); margin-top: 0.8rem; }
.pictures { display: flex; flex-wrap: wrap; gap: 0.8rem; margin: 0.8rem 0; align-items: flex-end; }
.pictures figure { flex: 0 1 auto; max-width: 100%; }
.pictures .wide { flex: 1 1 22rem; max-width: 44rem; }
img { display: block; max-width: 100%; height: auto; }
img.pixelated { image-rendering: pixelated; width: 20rem; }
img.smooth { width: 24rem; }
.plot { width: 100%; height: auto; display: block; }
.plot .frame { fill: none; stroke: var(--edge); }
.plot .tick { stroke: var(--quiet); fill: none; }
.plot .tick-label { fill: var(--quiet); font-size: 11px; }
.plot .line { fill: none; stroke-width: 1.6; stroke-linejoin: round; }
.line-muted { stroke: var(--muted-line); }
.line-strong { stroke: var(--strong-line); }
.line-0 { stroke: var(--line-0); } .line-1 { stroke: var(--line-1); } .line-2 { stroke: var(--line-2); } .line-3 { stroke: var(--line-3); }
.check { margin-top: 0.6rem; max-width: none; }
.check.right strong { color: var(--right); }
.check.wrong { background: var(--wrong-paper); padding: 0.4rem 0.7rem; border-radius: 0.4rem; }
.check.wrong strong { color: var(--wrong); }
@media print { nav, .skip { display: none; } }
`;
