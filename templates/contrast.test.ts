import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { FLAVOURS } from './preferences.tsx'

/**
 * Reads the tokens as a browser would, for each flavour and theme, and measures text against what
 * it stands on (WCAG 2.2, 1.4.3: at least 4.5 : 1).
 */
type Theme = 'light' | 'dark'
type Tokens = ReadonlyMap<string, string>

const TOKENS = new URL('../static/css/tokens.css', import.meta.url)
const AVATARS = new URL('../static/css/components/avatars.css', import.meta.url)

const GROUNDS = ['paper', 'surface', 'sunken', 'accent-soft'] as const
const PAIRS: readonly (readonly [text: string, ground: string])[] = [
  ...['ink', 'ink-2', 'accent-strong'].flatMap((ink) =>
    GROUNDS.map((ground) => [ink, ground] as const),
  ),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-strong'],
  ['paper', 'ink'],
  ['good-ink', 'good-soft'],
  ['warn-ink', 'warn-soft'],
  ['bad-ink', 'bad-soft'],
  ['bad-ink', 'surface'],
  ['bad-ink', 'paper'],
  ['good-ink', 'paper'],
  ['ink-3', 'surface'],
]

for (const flavour of FLAVOURS) {
  for (const theme of ['light', 'dark'] as const) {
    test(`text is readable in ${flavour}, ${theme}`, () => {
      const tokens = tokensOf(flavour)
      const faint = PAIRS.flatMap(([text, ground]) => {
        const ratio = contrast(colour(tokens, theme, text), colour(tokens, theme, ground))
        return ratio < 4.5 ? [`${text} on ${ground}: ${ratio.toFixed(2)}`] : []
      })
      assert.deepEqual(faint, [])
    })
  }
}

test('initials are readable on each of the twelve portraits', () => {
  const css = readFileSync(AVATARS, 'utf8')
  const rule = /\.avatar \{(.*?)\n\}/s.exec(css)?.[1] ?? ''
  const hues = [...css.matchAll(/--person: (\d+);/g)].map(([, hue = '']) => hue)
  assert.equal(hues.length, 12)
  for (const hue of hues) {
    for (const theme of ['light', 'dark'] as const) {
      const tokens = new Map([
        ['person', hue],
        ['text', /\n {2}color: (.*?);/s.exec(rule)?.[1] ?? ''],
        ['ground', /background: (.*?);/s.exec(rule)?.[1] ?? ''],
      ])
      const ratio = contrast(colour(tokens, theme, 'text'), colour(tokens, theme, 'ground'))
      assert.ok(ratio >= 4.5, `hue ${hue}, ${theme}: ${ratio.toFixed(2)}`)
    }
  }
})

test('the measure itself knows black, white and grey', () => {
  assert.equal(contrast([0, 0, 0], [1, 1, 1]), 21)
  const grey = parse('oklch(0.5999 0 0)')
  assert.ok(Math.abs(contrast(grey, [1, 1, 1]) - 3.95) < 0.05, String(contrast(grey, [1, 1, 1])))
})

function tokensOf(flavour: string): Tokens {
  const css = readFileSync(TOKENS, 'utf8').replaceAll(/\/\*.*?\*\//gs, '')
  const tokens = new Map<string, string>()
  for (const [, selectors = '', body = ''] of css.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
    const names = selectors.split(',').map((selector) => selector.trim())
    const applies = new Set([':root', '[data-flavour]', `[data-flavour='${flavour}']`])
    if (!names.some((name) => applies.has(name))) continue
    for (const [, name = '', value = ''] of body.matchAll(/--([\w-]+):\s*([^;]+);/g)) {
      tokens.set(name, value.replaceAll(/\s+/g, ' ').trim())
    }
  }
  return tokens
}

function colour(tokens: Tokens, theme: Theme, name: string): Rgb {
  const value = tokens.get(name)
  assert.ok(value, `no token ${name}`)
  return parse(resolve(tokens, theme, value))
}

function resolve(tokens: Tokens, theme: Theme, value: string): string {
  const themed = value.replace(/^light-dark\((.*)\)$/, (_, inner: string) => {
    const comma = topLevelComma(inner)
    return theme === 'light' ? inner.slice(0, comma).trim() : inner.slice(comma + 1).trim()
  })
  const filled = themed.replaceAll(/var\(--([\w-]+)\)/g, (_, name: string) =>
    resolve(tokens, theme, tokens.get(name) ?? ''),
  )
  return filled.replaceAll(/calc\(([\d.]+) \* ([\d.]+)\)/g, (_, a: string, b: string) =>
    String(Number(a) * Number(b)),
  )
}

function topLevelComma(text: string): number {
  let depth = 0
  for (let index = 0; index < text.length; index++) {
    if (text[index] === '(') depth++
    if (text[index] === ')') depth--
    if (text[index] === ',' && depth === 0) return index
  }
  throw new Error(`no comma in ${text}`)
}

/** Linear sRGB, clipped into gamut as browsers do. */
type Rgb = readonly [number, number, number]

/** Björn Ottosson's OKLab, https://bottosson.github.io/posts/oklab/. */
function parse(text: string): Rgb {
  const parts = /^oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)$/.exec(text)
  assert.ok(parts, `not a plain oklch colour: ${text}`)
  const [lightness, chroma, hue] = parts.slice(1).map(Number) as [number, number, number]
  const a = chroma * Math.cos((hue * Math.PI) / 180)
  const b = chroma * Math.sin((hue * Math.PI) / 180)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ]
}

function clip(value: number): number {
  return Math.min(1, Math.max(0, value))
}

function contrast(one: Rgb, other: Rgb): number {
  const [dark, light] = [luminance(one), luminance(other)].toSorted((x, y) => x - y)
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05)
}

function luminance([r, g, b]: Rgb): number {
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
