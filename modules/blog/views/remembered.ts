/** Answers by their names, one name a level, so that no key has to be put together to find one. */
interface Shelf {
  below?: Map<string, Shelf>
  answer?: string
}

/**
 * Keeps the answers of a pure function of strings, which therefore are the same with and without
 * it. For what costs microseconds and is asked for dozens of times in one page: calendars and
 * graphemes of `Intl`. Everything is forgotten at once when `limit` answers are kept. Names that
 * vary little stand first.
 */
export function remembered<Names extends readonly string[]>(
  limit: number,
  answer: (...names: Names) => string,
): (...names: Names) => string {
  let shelves: Shelf = {}
  let count = 0
  return (...names) => {
    let shelf = shelves
    for (const name of names) shelf = shelfBelow(shelf, name)
    if (shelf.answer !== undefined) return shelf.answer
    shelf.answer = answer(...names)
    const made = shelf.answer
    if (++count >= limit) {
      shelves = {}
      count = 0
    }
    return made
  }
}

function shelfBelow(shelf: Shelf, name: string): Shelf {
  shelf.below ??= new Map()
  const known = shelf.below.get(name)
  if (known) return known
  const made: Shelf = {}
  shelf.below.set(name, made)
  return made
}
