/**
 * The line, from 1, on which the value at a JSON pointer (RFC 6901) begins; a pointer to something
 * absent gives the line of its nearest parent.
 */
export function lineOfPointer(source: string, pointer: string): number {
  const scanner = new Scanner(source)
  const steps = pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
  let at = scanner.skipSpace(0)
  for (const step of steps) {
    const next = scanner.child(at, step)
    if (next === undefined) break
    at = next
  }
  return source.slice(0, at).split('\n').length
}

/** Walks a text that is already known to be JSON. */
class Scanner {
  readonly #source: string

  constructor(source: string) {
    this.#source = source
  }

  skipSpace(from: number): number {
    let at = from
    while (' \t\r\n,:'.includes(this.#source[at] ?? '-')) at++
    return at
  }

  child(from: number, step: string): number | undefined {
    if (this.#source[from] === '{') return this.#member(from, step)
    if (this.#source[from] === '[') return this.#element(from, Number(step))
    return undefined
  }

  #member(from: number, name: string): number | undefined {
    let at = this.skipSpace(from + 1)
    while (this.#source[at] === '"') {
      const end = this.#end(at)
      const value = this.skipSpace(end)
      if (JSON.parse(this.#source.slice(at, end)) === name) return value
      at = this.skipSpace(this.#end(value))
    }
    return undefined
  }

  #element(from: number, index: number): number | undefined {
    let at = this.skipSpace(from + 1)
    for (let i = 0; at < this.#source.length && this.#source[at] !== ']'; i++) {
      if (i === index) return at
      at = this.skipSpace(this.#end(at))
    }
    return undefined
  }

  /** Just after the value that begins at `from`. */
  #end(from: number): number {
    let depth = 0
    for (let at = from; at < this.#source.length; at++) {
      const character = this.#source[at] ?? ''
      if (character === '"') at = this.#stringEnd(at) - 1
      else if ('{['.includes(character)) depth++
      else if ('}]'.includes(character)) depth--
      if (depth === 0 && this.#endsAfter(at)) return at + 1
      if (depth < 0) return at
    }
    return this.#source.length
  }

  #endsAfter(at: number): boolean {
    return (
      '"}]'.includes(this.#source[at] ?? '') || ' \t\r\n,]}'.includes(this.#source[at + 1] ?? ',')
    )
  }

  #stringEnd(from: number): number {
    let at = from + 1
    while (at < this.#source.length && this.#source[at] !== '"') {
      at += this.#source[at] === '\\' ? 2 : 1
    }
    return at + 1
  }
}
