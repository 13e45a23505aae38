import assert from 'node:assert/strict'
import { stripVTControlCharacters } from 'node:util'

import fc from 'fast-check'

import { drawFigure } from '../../../src/output/figures/draw-figure.ts'
import { figureToSvg } from '../../../src/output/figures/figure-to-svg.ts'
import { reportPage } from '../../../src/output/figures/report/report-page.ts'
import { arbitraryFigure } from '../../helpers/arbitrary-figure.ts'

/** Every number of the attributes that say where something is. */
function coordinates(svg: string): string[] {
  return [...svg.matchAll(/ (?:x|y|x1|x2|y1|y2|cx|cy|r|rx|d|width|height|viewBox|font-size)="([^"]*)"/g)]
    .flatMap(([, value = '']) => value.split(/[MLZ ]+/))
    .filter((each) => each !== '')
}

describe('figures of any data', () => {
  it('have finite coordinates, and no size below zero', () => {
    fc.assert(
      fc.property(arbitraryFigure, (figure) => {
        const svg = figureToSvg(figure)
        const wrong = coordinates(svg).filter((each) => !/^-?\d+(\.\d)?$|^100%$/.test(each))
        assert.deepEqual(wrong, [])
        assert.doesNotMatch(svg, / (?:width|height|r)="-/)
      }),
    )
  })

  it('let no text from outside become markup', () => {
    const tags = /<\/?([a-z0-9]+)/gi
    fc.assert(
      fc.property(arbitraryFigure, (figure) => {
        const known = ['svg', 'title', 'desc', 'style', 'rect', 'g', 'text', 'path', 'line', 'circle']
        const svg = figureToSvg(figure)
        assert.deepEqual(
          [...new Set([...svg.matchAll(tags)].map(([, name]) => name))].filter(
            (name) => !known.includes(name ?? ''),
          ),
          [],
        )
        const page = reportPage({
          title: figure.title,
          subtitle: figure.caption,
          facts: [[figure.title, figure.caption]],
          figures: [figure],
          tables: [],
          notes: [figure.caption],
        })
        assert.doesNotMatch(page, /<script| on[a-z]+=|javascript:/)
      }),
    )
  })

  it('fit the columns of a terminal, and stay ASCII where nothing else is understood', () => {
    fc.assert(
      fc.property(arbitraryFigure, fc.constantFrom(40, 80), fc.boolean(), (figure, width, unicode) => {
        const [, ...lines] = drawFigure({ ...figure, title: '' }, { width, unicode, colour: true }).split(
          '\n',
        )
        for (const line of lines.map(stripVTControlCharacters)) {
          assert.ok([...line].length <= width, line)
          if (!unicode) assert.match(line, /^[\x20-\x7e]*$/)
        }
      }),
    )
  })
})
