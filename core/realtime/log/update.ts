import type { UpdateData } from '../index.ts'

/** Larger ones belong behind an address that the update names. */
export const MAX_UPDATE_BYTES = 32 * 1024

/** Of an update whose log keeps only where it stands. */
export const MAX_TOLD_BYTES = 128 * 1024

const TYPE = /^[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*$/

/** A line of somebody's log. */
export interface Update {
  readonly pts: number
  readonly type: string
  /** The JSON object as it was written. */
  readonly data: string
}

/** A line as it is kept. */
export interface StoredUpdate extends Update {
  /** The call that tells what `data` refers to; null: `data` is what it says. */
  readonly toldBy: string | null
}

/** A line that is nothing to its person any more; numbers have no gaps. */
export const VOID = { type: 'void', data: '{}' } as const

/** Checks an update and writes what it says, once for everybody it goes to. */
export function dataText(
  type: string,
  data: UpdateData,
  maxBytes: number = MAX_UPDATE_BYTES,
): string {
  if (!TYPE.test(type)) throw new Error(`${type} is no type of an update`)
  if (Object.hasOwn(data, 'k')) throw new Error(`${type}: the member k belongs to the type`)
  const text = JSON.stringify(data)
  if (Buffer.byteLength(text) > maxBytes) {
    throw new Error(`${type} is larger than ${maxBytes} bytes`)
  }
  return text
}

/** The member `e` of a frame: the type as `k`, then what it says. */
export function eventText(type: string, data: string): string {
  return data === '{}' ? `{"k":"${type}"}` : `{"k":"${type}",${data.slice(1)}`
}
