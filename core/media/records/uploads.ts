import type { Scope } from '../../../db/index.ts'
import type { UploadedFile } from '../../port/media.ts'
import { findPictures } from './pictures.ts'
import type { MediaTables } from '../tables.ts'

type Reader = Scope<MediaTables>['reader']

/** Uploads of every kind, in no order; unknown ids are absent. */
export async function findUploads(
  reader: Reader,
  ids: readonly string[],
  ownerId?: string,
): Promise<UploadedFile[]> {
  if (ids.length === 0) return []
  const rows = await reader
    .selectFrom('media')
    .innerJoin('media_variants', 'media_variants.media_id', 'media.id')
    .select(['media.id', 'media.kind', 'media.name', 'media.width', 'media.height'])
    .select(['media.bytes', 'media.duration_ms', 'media.waveform', 'media_variants.type'])
    .where('media.id', 'in', [...ids])
    .where('media_variants.name', '=', 'full')
    .$if(ownerId !== undefined, (query) => query.where('media.owner_id', '=', ownerId ?? ''))
    .execute()
  const pictures = await findPictures(reader, ids, ownerId)
  const byId = new Map(pictures.map((picture) => [picture.id, picture]))
  return rows.map(({ id, kind, name, type, bytes, width, height, duration_ms, waveform }) => ({
    id,
    url: `/media/${id}`,
    kind,
    name: name ?? '',
    type,
    bytes,
    width,
    height,
    durationMs: duration_ms,
    waveform: waveform === null ? null : (JSON.parse(waveform) as number[]),
    picture: byId.get(id) ?? null,
  }))
}
