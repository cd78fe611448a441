import temml from 'temml'

// `style` is missing on purpose: the content security policy forbids styles inside elements.
const TAG = /<(\/?)([a-z]+)((?:\s+[a-z]+="[^"<>]*")*)\s*(\/?)>|<|>/g
const ATTRIBUTE = /\s+([a-z]+)="([^"<>]*)"/g
const TAGS = new Set(
  'math mrow mi mn mo ms mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover mmultiscripts mprescripts none mtable mtr mtd mpadded mphantom menclose mstyle merror'.split(
    ' ',
  ),
)
const ATTRIBUTES = new Set(
  'xmlns display displaystyle scriptlevel class mathvariant stretchy symmetric fence separator form lspace rspace minsize maxsize largeop movablelimits accent accentunder linethickness width height depth voffset columnalign rowspacing columnspacing columnlines rowlines frame notation side'.split(
    ' ',
  ),
)

/**
 * LaTeX as MathML, or `undefined` when it is not understood. Commands that would make links, load
 * files or set attributes are off, and what comes back is held to an allow-list of its own.
 */
export function mathMl(latex: string, isBlock: boolean): string | undefined {
  try {
    return filter(
      temml.renderToString(latex, {
        displayMode: isBlock,
        throwOnError: true,
        trust: false,
        // Parts between which a formula inside a line may break; a block scrolls instead.
        wrap: isBlock ? 'none' : 'tex',
      }),
    )
  } catch {
    // A formula that cannot be read is shown as its source; that is the author's to mend.
    return undefined
  }
}

function filter(mathml: string): string {
  return mathml.replace(
    TAG,
    (found, close: string, name: string, attributes: string, end: string) => {
      if (name === undefined || !TAGS.has(name)) throw new Error(`not MathML: ${found}`)
      const kept = Array.from((attributes ?? '').matchAll(ATTRIBUTE))
        .filter((match) => ATTRIBUTES.has(match[1] ?? ''))
        .map((match) => ` ${match[1]}="${match[2]}"`)
      return `<${close}${name}${kept.join('')}${end}>`
    },
  )
}
