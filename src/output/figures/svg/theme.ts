/**
 * Colours that are told apart with every kind of colour blindness, and by their lightness too: blue for what is likely,
 * orange for what is feared. Lines have a contrast of 3 and more with the ground, words of 4.5.
 */
const light = {
  ground: '#ffffff',
  ink: '#18212c',
  soft: '#55606e',
  grid: '#e4e8ed',
  axis: '#98a3b0',
  blue: '#0b5fa5',
  band1: '#cfe3f5',
  band2: '#93c1e8',
  orange: '#b34700',
  alarm: '#fbe0cc',
  green: '#00705a',
  purple: '#7a3e9d',
  void: '#eef0f3',
  heat: ['#f1f6fb', '#d5e6f5', '#aed0ec', '#7fb4df', '#4a93cb', '#1f70ad', '#0b4f85'],
  heatInk: ['#18212c', '#18212c', '#18212c', '#18212c', '#0c131b', '#ffffff', '#ffffff'],
}

const dark: typeof light = {
  ground: '#12171e',
  ink: '#e8edf3',
  soft: '#a3afbd',
  grid: '#27303b',
  axis: '#5d6977',
  blue: '#74b8f5',
  band1: '#1b3550',
  band2: '#2b5f92',
  orange: '#f6a562',
  alarm: '#43291a',
  green: '#58cba9',
  purple: '#cda6ee',
  void: '#1d242d',
  heat: ['#17293b', '#1d3d5c', '#245480', '#2f6fa8', '#4d92cd', '#82b8e6', '#c4def6'],
  heatInk: ['#e8edf3', '#e8edf3', '#ffffff', '#ffffff', '#0c131b', '#0c131b', '#0c131b'],
}

/** Steps of a heat map's colours. */
export const heatSteps = light.heat.length

function variables(theme: typeof light): string {
  return Object.entries(theme)
    .flatMap(([name, value]) =>
      typeof value === 'string'
        ? [`--${name}:${value}`]
        : value.map((each, index) => `--${name}${index}:${each}`),
    )
    .join(';')
}

/** Variables of both themes for a selector; paper is always light. */
export function themeVariables(selector: string): string {
  return [
    `${selector}{${variables(light)};color-scheme:light}`,
    `@media screen and (prefers-color-scheme:dark){${selector}{${variables(dark)};color-scheme:dark}}`,
  ].join('\n')
}

const heatClasses = light.heat.map(
  (_, index) => `.fig .h${index}{fill:var(--heat${index})}.fig .i${index}{fill:var(--heatInk${index})}`,
)

/** Lines differ by their dashes too. */
const dashes = ['none', '7 4', '2 4', '10 3 2 3']

export const seriesColours = ['blue', 'orange', 'green', 'purple'] as const

const seriesClasses = seriesColours.map(
  (name, index) =>
    `.fig .s${index}{stroke:var(--${name});stroke-dasharray:${dashes[index] ?? 'none'}}.fig .t${index},.fig .c${index}{fill:var(--${name})}`,
)

/** How figures look, inside a page or alone. */
export const figureStyle = [
  '.fig{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums}',
  '.fig text{fill:var(--soft)}',
  '.fig .ink{fill:var(--ink)}',
  '.fig .strong{fill:var(--ink);font-weight:600}',
  '.fig .grid{stroke:var(--grid);stroke-width:1}',
  '.fig .axis{stroke:var(--axis);stroke-width:1}',
  '.fig .mark{stroke:var(--soft);stroke-width:1;stroke-dasharray:3 3}',
  '.fig .line{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}',
  '.fig .b0{fill:var(--band1)}.fig .b1{fill:var(--band2)}',
  '.fig .bar{fill:var(--band2)}',
  '.fig .alarm{fill:var(--alarm)}',
  '.fig .void{fill:var(--void)}',
  '.fig .dot{fill:var(--blue);stroke:var(--ground);stroke-width:1.5}',
  '.fig .dot.remarkable{fill:var(--orange)}',
  '.fig text.remarkable{fill:var(--orange);font-weight:600}',
  '.fig .ground{fill:var(--ground)}',
  '.fig .expected{stroke:var(--ink);stroke-width:2}',
  '.fig .halo{paint-order:stroke;stroke:var(--ground);stroke-width:4;stroke-linejoin:round}',
  ...seriesClasses,
  '.fig .plain{stroke-dasharray:none}',
  ...heatClasses,
].join('\n')
