import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { drawFigure } from '../src/output/figures/draw-figure.ts'
import { figureToSvg } from '../src/output/figures/figure-to-svg.ts'
import { reportPage } from '../src/output/figures/report/report-page.ts'
import { sampleReport } from '../test/helpers/sample-figures.ts'

// Every kind of picture with real data, to be looked at: node --import tsx scripts/gallery.ts FOLDER [WIDTH]
const [folder = 'gallery', width = '80'] = process.argv.slice(2)
const report = await sampleReport()
mkdirSync(folder, { recursive: true })
writeFileSync(join(folder, 'report.html'), reportPage(report))
for (const figure of report.figures) {
  writeFileSync(join(folder, `${figure.kind}.svg`), figureToSvg(figure))
  process.stdout.write(`${drawFigure(figure, { width: Number(width) })}\n\n`)
}
