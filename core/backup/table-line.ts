import type { Value } from '../../db/index.ts'

/** Bytes and numbers beyond 2^53, which JSON has no form for. */
type Marked = { readonly bytes: string } | { readonly integer: string }

/** One row as a line of JSON. */
export function lineOf(values: readonly Value[]): string {
  const line = JSON.stringify(values.map(plain))
  /* JSON leaves them as they are, and readers of lines break at them. */
  return `${line.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}\n`
}

/** @throws SyntaxError for a line that {@link lineOf} has not written. */
export function valuesOf(line: string): Value[] {
  const read: unknown = JSON.parse(line)
  if (!Array.isArray(read)) throw new SyntaxError('not a row')
  return read.map((value: string | number | null | Marked) => {
    if (typeof value !== 'object' || value === null) return value
    return 'bytes' in value ? Buffer.from(value.bytes, 'base64') : BigInt(value.integer)
  })
}

function plain(value: Value): string | number | null | Marked {
  if (typeof value === 'bigint') return { integer: value.toString() }
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString('base64') }
  return value
}
