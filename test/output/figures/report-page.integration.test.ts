import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import type { Browser, Page } from 'playwright-core'

import { figureToSvg } from '../../../src/output/figures/figure-to-svg.ts'
import { reportPage } from '../../../src/output/figures/report/report-page.ts'
import { startChromium } from '../../helpers/chromium.ts'
import { sampleReport } from '../../helpers/sample-figures.ts'

const hostile = '</title></style></script><img src=x onerror=alert(1)><script>alert(1)</script>"\'`'

/** What the page's own code says of it in the browser. */
interface Inspection {
  readonly overflow: number
  readonly ground: string
  readonly ink: string
  readonly lowest: readonly { readonly words: string; readonly contrast: number }[]
  readonly figures: number
  readonly cut: number
}

const inspection = `(() => {
  const channels = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).map(Number)
  const light = (colour) => {
    const [r, g, b] = channels(colour).map((each) => each / 255).map((each) => each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const contrast = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05)
  const ground = getComputedStyle(document.documentElement).backgroundColor
  const seen = (node) => node.getClientRects().length > 0
  const words = [...document.querySelectorAll('h1,h2,p,dt,dd,th,td,li,summary,code,strong,span,figcaption')].filter(seen)
    .map((node) => ({ words: node.textContent, contrast: contrast(getComputedStyle(node).color, ground) }))
  const drawn = [...document.querySelectorAll('svg text')].filter(seen).map((node) => {
    const before = node.previousElementSibling
    const behind = /^i\\d/.test(node.getAttribute('class') ?? '') ? getComputedStyle(before).fill : ground
    return { words: node.textContent, contrast: contrast(getComputedStyle(node).fill, behind) }
  })
  const figures = [...document.querySelectorAll('svg')].filter(seen)
  const cut = figures.flatMap((svg) => {
    const box = svg.getBoundingClientRect()
    return [...svg.querySelectorAll('text,path,rect')].map((node) => node.getBoundingClientRect()).filter((each) =>
      each.left < box.left - 1 || each.right > box.right + 1 || each.top < box.top - 1 || each.bottom > box.bottom + 1)
  }).length
  return {
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    ground,
    ink: getComputedStyle(document.documentElement).color,
    lowest: [...words, ...drawn].filter((each) => each.contrast < 4.5),
    figures: figures.length,
    cut,
  }
})()`

describe('a report in Chromium', () => {
  let browser: Browser
  let folder: string
  let page: Page
  let events: string[]

  before(async function () {
    browser = await startChromium(this)
    folder = mkdtempSync(join(tmpdir(), 'lp-pay-report-'))
  })

  after(async () => {
    await browser?.close()
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
  })

  beforeEach(async () => {
    page = await browser.newPage()
    events = []
    page.on('console', (message) => events.push(`console: ${message.text()}`))
    page.on('pageerror', (error) => events.push(`error: ${error.message}`))
    page.on('dialog', (dialog) => void dialog.dismiss().then(() => events.push('dialog')))
    page.on('request', (request) => {
      if (!request.url().startsWith(pathToFileURL(folder).href)) events.push(`request: ${request.url()}`)
    })
  })

  afterEach(() => page.close())

  async function show(name: string, contents: string): Promise<void> {
    writeFileSync(join(folder, name), contents)
    await page.goto(pathToFileURL(join(folder, name)).href)
  }

  for (const [width, colorScheme] of [
    [375, 'light'],
    [375, 'dark'],
    [1280, 'light'],
    [1280, 'dark'],
  ] as const) {
    it(`is whole and can be read at ${width} pixels, ${colorScheme}`, async () => {
      await page.setViewportSize({ width, height: 800 })
      await page.emulateMedia({ colorScheme })
      await show('report.html', reportPage(await sampleReport()))
      const grounds = {
        light: ['rgb(255, 255, 255)', 'rgb(24, 33, 44)'],
        dark: ['rgb(18, 23, 30)', 'rgb(232, 237, 243)'],
      }
      const { ground, ink, ...found } = await page.evaluate<Inspection>(inspection)
      assert.deepEqual([ground, ink], grounds[colorScheme])
      assert.deepEqual(found, { overflow: 0, lowest: [], figures: 5, cut: 0 })
      for (const details of await page.locator('summary').all()) await details.click()
      assert.equal((await page.evaluate<Inspection>(inspection)).overflow, 0)
      assert.deepEqual(events, [])
    })
  }

  it('is printed black on white, with every picture on one page', async () => {
    await page.emulateMedia({ colorScheme: 'dark', media: 'print' })
    await show('report.html', reportPage(await sampleReport()))
    const { ground, ink } = await page.evaluate<Inspection>(inspection)
    assert.deepEqual([ground, ink], ['rgb(255, 255, 255)', 'rgb(24, 33, 44)'])
    const breaks =
      "[...document.querySelectorAll('section.picture')].map((each) => getComputedStyle(each).breakInside)"
    assert.deepEqual(await page.evaluate(breaks), Array(5).fill('avoid'))
    const pdf = await page.pdf({ format: 'A4' })
    assert.equal(pdf.subarray(0, 5).toString(), '%PDF-')
    assert.deepEqual(events, [])
  })

  it('shows texts from outside as they are, and lets them do nothing', async () => {
    const report = await sampleReport()
    const figures = report.figures.map((figure) => ({ ...figure, title: hostile, caption: hostile }))
    await show(
      'hostile.html',
      reportPage({
        ...report,
        title: hostile,
        subtitle: hostile,
        figures,
        notes: [hostile],
        facts: [[hostile, hostile]],
      }),
    )
    assert.equal(await page.locator('h1').textContent(), hostile)
    assert.equal(await page.locator('script, img').count(), 0)
    assert.deepEqual(events, [])
  })

  it('has figures that are XML files of their own', async () => {
    for (const figure of (await sampleReport()).figures) {
      await show(`${figure.kind}.svg`, figureToSvg({ ...figure, title: hostile }))
      const names =
        "[document.documentElement.tagName, document.documentElement.querySelector('title').textContent]"
      assert.deepEqual(await page.evaluate(names), ['svg', hostile])
    }
    assert.deepEqual(events, [])
  })
})
