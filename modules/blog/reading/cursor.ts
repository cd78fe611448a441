import { blogErrors } from '../errors.ts'

/** A place in a list that is ordered by an instant and then by id. */
export interface Cursor {
  readonly at: string
  readonly id: string
}

const INSTANT = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`
const FORM = new RegExp(`^(${INSTANT}) ([0-9a-f-]{36})$`)

/** The cursor as clients carry it. */
export function cursorText({ at, id }: Cursor): string {
  return Buffer.from(`${at} ${id}`).toString('base64url')
}

/** @throws QL_BLOG_CURSOR for anything that {@link cursorText} has not made. */
export function cursorFrom(text: string | undefined): Cursor | undefined {
  if (text === undefined) return undefined
  const [, at, id] = FORM.exec(Buffer.from(text, 'base64url').toString('utf8')) ?? []
  if (at === undefined || id === undefined) throw blogErrors.QL_BLOG_CURSOR()
  return { at, id }
}

/** One page of a list and where the next begins. */
export interface Slice<Item> {
  readonly items: readonly Item[]
  readonly next: Cursor | undefined
}

/** Makes a page of rows that were asked for with one more than `limit`. */
export function sliceOf<Item>(
  rows: readonly Item[],
  limit: number,
  place: (item: Item) => Cursor,
): Slice<Item> {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last !== undefined ? place(last) : undefined }
}
