const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
}

export const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign)

const style = `
:root { color-scheme: light dark; --ink: #1d2733; --soft: #5b6875; --paper: #f4f6f8; --card: #fff; --line: #dde3e9; --accent: #0b7a75; }
@media (prefers-color-scheme: dark) { :root { --ink: #e7edf3; --soft: #9aa7b4; --paper: #12171d; --card: #1b222b; --line: #2d3743; --accent: #35b5ad; } }
* { box-sizing: border-box }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper) }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem }
.narrow { max-width: 27rem }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 1.25rem; margin-bottom: 1rem }
h1 { font-size: 1.4rem; margin: 0 0 .25rem } h2 { font-size: 1.05rem; margin: 0 0 .5rem }
p { margin: .25rem 0 .75rem } .soft { color: var(--soft); font-size: .92rem }
label.person { display: flex; gap: .7rem; align-items: center; padding: .6rem .8rem; border: 1px solid var(--line); border-radius: 10px; margin-bottom: .5rem; cursor: pointer }
label.person:has(:checked) { border-color: var(--accent) }
button { font: inherit; padding: .45rem .9rem; border-radius: 10px; border: 1px solid var(--line); background: transparent; color: inherit; cursor: pointer }
button:hover, button:focus-visible { border-color: var(--accent) }
button.main { background: var(--accent); border-color: var(--accent); color: #fff; font-weight: 600 }
.row { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center }
table { width: 100%; border-collapse: collapse; font-size: .86rem } th, td { text-align: left; padding: .25rem .5rem; border-bottom: 1px solid var(--line); vertical-align: top }
.wide { overflow-x: auto } code { font-size: .85em } .bad { color: #c2410c }
ul { margin: .25rem 0 .75rem; padding-left: 1.2rem }
`

export const page = (title: string, content: string, script = ""): string => `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><title>${escaped(title)}</title><style>${style}</style></head><body>${content}${script ? `<script type="module">${script}</script>` : ""}</body></html>
`
