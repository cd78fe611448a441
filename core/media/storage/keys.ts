/** The upload as it came; no rendition has this name. */
export const ORIGINAL = 'original'

/**
 * Where a file of an upload lies. Ids begin with the time, so their last two characters spread the
 * files over folders.
 */
export function keyOf(id: string, name: string): string {
  return `${id.slice(-2)}/${id}/${name}`
}

/** Of which upload a key names the original, if it does. */
export function originalAt(key: string): string | undefined {
  const [, id, name] = key.split('/')
  return name === ORIGINAL ? id : undefined
}
