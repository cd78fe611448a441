import type sharp from 'sharp'

export type Sharp = typeof sharp

/** The only decoders that ever see an upload: from memory, and for these five formats. */
const DECODERS = [
  'VipsForeignLoadJpegBuffer',
  'VipsForeignLoadPngBuffer',
  'VipsForeignLoadWebpBuffer',
  'VipsForeignLoadNsgifBuffer',
  'VipsForeignLoadHeifBuffer',
]

let locked: Promise<Sharp> | undefined

/**
 * The image library with every other decoder shut: SVG, PDF, TIFF and whatever else it could open.
 * One thread for each picture and no cache, so that a picture takes no more than a core and leaves
 * nothing in memory.
 */
export function lockedSharp(): Promise<Sharp> {
  locked ??= import('sharp').then(({ default: library }) => {
    library.block({ operation: ['VipsForeignLoad'] })
    library.unblock({ operation: DECODERS })
    library.cache(false)
    library.concurrency(1)
    return library
  })
  return locked
}
