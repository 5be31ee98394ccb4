/** The HTML report's style sheet. Colours have a contrast of at least 4.5 : 1 on both grounds; meaning is always in words too. */
export const STYLE = `
:root { color-scheme: light dark; --good: light-dark(#116329, #6fdd8b); --bad: light-dark(#a40e26, #ff9492); --line: light-dark(#d1d9e0, #3d444d); }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 75rem; margin: 0 auto; padding: 1rem; }
h1, h2 { line-height: 1.2; }
.good { color: var(--good); }
.bad { color: var(--bad); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; }
th, td { border-bottom: 1px solid var(--line); padding: 0.25rem 0.75rem; text-align: right; }
th[scope='row'], th:first-child, td.text { text-align: left; }
th[scope='row'] { font-weight: inherit; }
pre { border: 1px solid var(--line); padding: 0.75rem; overflow-x: auto; white-space: pre-wrap; }
details { margin: 0.5rem 0; }
summary { cursor: pointer; }
code { overflow-wrap: anywhere; }
`;
