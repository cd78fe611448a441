import type { Scope } from '../../../db/index.ts'
import type { Picture, PictureVariant } from '../../port/media.ts'
import type { MediaTables } from '../tables.ts'

type Reader = Scope<MediaTables>['reader']

/** Pictures with all their renditions, in no order; unknown ids are absent. */
export async function findPictures(
  reader: Reader,
  ids: readonly string[],
  ownerId?: string,
): Promise<Picture[]> {
  if (ids.length === 0) return []
  const rows = await reader
    .selectFrom('media')
    .select(['id', 'width', 'height', 'alt', 'thumbhash', 'animated'])
    .where('id', 'in', [...ids])
    .where('kind', '=', 'picture')
    .$if(ownerId !== undefined, (query) => query.where('owner_id', '=', ownerId ?? ''))
    .execute()
  const variants = await reader
    .selectFrom('media_variants')
    .select(['media_id', 'name', 'type', 'width', 'height'])
    .where('media_id', 'in', [...ids])
    .where('name', '!=', 'full')
    .orderBy('width')
    .execute()
  const byPicture = Map.groupBy(variants, (variant) => variant.media_id)
  return rows.map(({ id, width, height, alt, thumbhash, animated }) => ({
    id,
    url: `/media/${id}`,
    width,
    height,
    alt,
    variants: (byPicture.get(id) ?? []).map((variant): PictureVariant => ({
      url: `/media/${id}/${variant.name}`,
      width: variant.width,
      height: variant.height,
      type: variant.type,
    })),
    thumbhash,
    animated: animated === 1,
  }))
}
