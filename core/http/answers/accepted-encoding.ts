/** The codings in which pages are sent, apart from plain bytes. */
export type Coding = 'br' | 'gzip'

/** Headers seen before; browsers send a handful of them. Bounded, for the others are made up. */
const MAX_KNOWN = 64
const MAX_KNOWN_LENGTH = 64

/**
 * Picks the coding of an answer from those on offer, the better first, by `Accept-Encoding`
 * (RFC 9110 §12.5.3): the highest weight wins, the order on offer breaks a tie. Undefined means
 * plain bytes: nothing was asked, or wanted as much. A reader who refuses plain bytes and
 * everything on offer gets them all the same, which the standard allows.
 */
export class AcceptedEncoding {
  readonly #offer: readonly Coding[]
  readonly #known = new Map<string, Coding | undefined>()

  constructor(offer: readonly Coding[]) {
    this.#offer = offer
  }

  choose(header: string | readonly string[] | undefined): Coding | undefined {
    if (header === undefined) return undefined
    const asked = typeof header === 'string' ? header : header.join()
    if (this.#known.has(asked)) return this.#known.get(asked)
    const chosen = this.#best(weightsOf(asked))
    if (this.#known.size < MAX_KNOWN && asked.length <= MAX_KNOWN_LENGTH)
      this.#known.set(asked, chosen)
    return chosen
  }

  #best(weights: ReadonlyMap<string, number>): Coding | undefined {
    const others = weights.get('*') ?? 0
    let best: Coding | undefined
    /* Plain bytes nobody named are acceptable, but the last choice. */
    let most = weights.get('identity') ?? 0
    for (const coding of this.#offer) {
      const weight = weights.get(coding) ?? others
      const isBetter = best === undefined ? weight >= most : weight > most
      if (weight > 0 && isBetter) {
        best = coding
        most = weight
      }
    }
    return best
  }
}

/** Each coding by its name in small letters; a weight that is no number between 0 and 1 is 0. */
function weightsOf(header: string): Map<string, number> {
  const weights = new Map<string, number>()
  for (const part of header.toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim())
    if (name === '') continue
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1'
    weights.set(name, /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(weight) ? Number(weight) : 0)
  }
  return weights
}
