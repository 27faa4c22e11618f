import { worstFirst } from './sentences.ts'

export const states = [...worstFirst, 'not-a-promise'] as const

/** Links alone filter: the paragraph that a link leads to hides what stands after it and is of another state. */
const filters = states
  .map(
    (state) =>
      `#only-${state}:target~.document li:not(.${state}),#only-${state}:target~.document section:not(.has-${state}){display:none}`,
  )
  .join('\n')

/** Colours reach 4.5:1 on their ground in both schemes (WCAG 2.2, 1.4.3); a state is a word and a sign before it is a colour. */
export const pageStyle = `
:root{color-scheme:light dark;--ground:#fff;--ink:#1b1f24;--quiet:#545b65;--line:#d5d9df;--link:#0b4fa8;
--kept:#0b6b3a;--broken:#b3261e;--task:#1f4e9e;--unproven:#6b4e00;--not-a-promise:#545b65}
@media screen and (prefers-color-scheme:dark){:root{--ground:#14171b;--ink:#e7eaee;--quiet:#a9b1bb;--line:#3a414a;--link:#9bc2ff;
--kept:#6fd39b;--broken:#ff9b92;--task:#a3c1ff;--unproven:#e6c15c;--not-a-promise:#a9b1bb}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}
main{max-width:46rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1{font-size:1.6rem;line-height:1.2;margin:0 0 .5rem}
h2{font-size:1.2rem;line-height:1.3;margin:2.2rem 0 .6rem}
p{margin:.3rem 0}
a{color:var(--link)}
a:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--link);outline-offset:2px}
nav ul{display:flex;flex-wrap:wrap;gap:.5rem;list-style:none;margin:1rem 0;padding:0}
nav a{display:block;padding:.45rem .8rem;border:1px solid var(--line);border-radius:.4rem;text-decoration:none}
nav a:hover{text-decoration:underline}
nav b{font-variant-numeric:tabular-nums}
.only{display:none;border:1px solid var(--line);border-radius:.4rem;padding:.5rem .8rem;scroll-margin-top:60vh}
.only:target{display:block}
.document ul{list-style:none;margin:0;padding:0}
.document li{border-left:.3rem solid var(--line);padding:.35rem 0 .35rem .8rem;margin:0 0 .8rem;overflow-wrap:anywhere;
break-inside:avoid;scroll-margin-top:1rem}
.document li:target{outline:3px solid var(--link);outline-offset:3px}
.state{font-weight:700}
.shown{color:var(--quiet);font-size:.9em}
${states.map((state) => `.document li.${state}{border-left-color:var(--${state})}.${state} .state,nav .${state} b{color:var(--${state})}`).join('\n')}
${filters}
@media print{body{font-size:10pt}main{max-width:none;padding:0}nav{display:none}a{color:inherit;text-decoration:none}h2{break-after:avoid}}
`
