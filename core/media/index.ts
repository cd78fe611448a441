import { join } from 'node:path'
import type { Database } from '../../db/index.ts'
import type { Clock } from '../app.ts'
import { DiskDriver } from './storage/disk-driver.ts'
import { MediaStore } from './media-store.ts'
import { PersonalMedia } from './personal-media.ts'
import { PictureRenderer } from './rendering/picture-renderer.ts'
import { Staging } from './storage/staging.ts'
import { Sweep } from './sweep.ts'
import { MediaUses } from './records/uses.ts'

export interface MediaRoom {
  readonly media: MediaStore
  readonly pictureRenderer: PictureRenderer
  readonly mediaUses: MediaUses
  readonly mediaSweep: Sweep
  readonly personalMedia: PersonalMedia
}

/** However small they are: each is a row and a folder. */
const MAX_FILES = 10_000

/** Pictures in the data folder. @param quotaBytes what one person may keep now. */
export function openMedia(
  dataDir: string,
  database: Database,
  clock: Clock,
  quotaBytes: () => number,
): MediaRoom {
  const driver = new DiskDriver(join(dataDir, 'media'))
  const staging = new Staging(join(dataDir, 'media', 'staged'))
  const pictureRenderer = new PictureRenderer()
  const services = { database, clock, driver, staging }
  const sweep = new Sweep(services)
  return {
    media: new MediaStore({
      ...services,
      renderer: pictureRenderer,
      quota: () => ({ bytes: quotaBytes(), files: MAX_FILES }),
    }),
    pictureRenderer,
    mediaUses: new MediaUses(database, clock),
    mediaSweep: sweep,
    personalMedia: new PersonalMedia({ database, driver, sweep }),
  }
}
