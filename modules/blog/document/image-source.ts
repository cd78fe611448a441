/** The upload that holds the picture, or an address that may stand in the document. */
export type ResolvedImage = { mediaId: string; width?: number; height?: number } | { src: string }

/** Finds a picture by the address in the source; `undefined` leaves the address as it is. */
export type ResolveImage = (
  src: string,
) => ResolvedImage | undefined | Promise<ResolvedImage | undefined>

/** Asks once for every address, one after another, in the order of the source. */
export async function resolveAll(
  addresses: Iterable<string>,
  resolve: ResolveImage | undefined,
): Promise<Map<string, ResolvedImage>> {
  const found = new Map<string, ResolvedImage>()
  if (resolve === undefined) return found
  for (const src of new Set(addresses)) {
    const image = await resolve(src)
    if (image !== undefined) found.set(src, image)
  }
  return found
}
