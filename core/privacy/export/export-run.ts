import { rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Clock } from '../../app.ts'
import type { Catalogue } from '../../i18n/catalogue.ts'
import type { MediaStore } from '../../media/media-store.ts'
import type { OwnFile, PersonalMedia } from '../../media/personal-media.ts'
import { syncFolder } from '../../files/sync-folder.ts'
import type { ExportPlace } from './exports-folder.ts'
import { ARCHIVE_STYLE } from './archive-style.ts'
import { ArchivePages } from './archive-pages.ts'
import type { Archive } from './archive.ts'
import type { PersonalData } from '../personal-data.ts'
import type { ExportTable } from '../tables.ts'

export const EXPORT_FORMAT = 'quark-export/1'

export interface ExportRunParts {
  readonly personalData: PersonalData
  readonly personalMedia: PersonalMedia
  readonly media: MediaStore
  readonly catalogue: Catalogue
  readonly clock: Clock
  readonly station: { readonly name: string }
  readonly origin: () => string
}

/** So much of the way is done when the words are in; the pictures are the rest. */
const WORDS_PERCENT = 40

/** Gathers one person's data into an archive. */
export class ExportRun {
  readonly #parts: ExportRunParts
  readonly #row: ExportTable
  readonly #username: string
  readonly #signal: AbortSignal
  readonly #tell: (percent: number) => Promise<void>

  /** @param tell hears how far it is; throws to end the run. */
  constructor(
    parts: ExportRunParts,
    row: ExportTable,
    username: string,
    signal: AbortSignal,
    tell: (percent: number) => Promise<void>,
  ) {
    this.#parts = parts
    this.#row = row
    this.#username = username
    this.#signal = signal
    this.#tell = tell
  }

  /** @returns how many bytes the finished file has. */
  async write({ part, file }: ExportPlace): Promise<number> {
    /* Loaded with the first archive: a station that makes none does without. */
    const { Archive: Made } = await import('./archive.ts')
    const archive = await Made.create(part)
    try {
      await this.#fill(archive)
      await archive.finish()
    } catch (error) {
      await archive.abandon()
      throw error
    }
    await rename(part, file)
    await syncFolder(dirname(file))
    return archive.bytes
  }

  async #fill(archive: Archive): Promise<void> {
    const { personalMedia, catalogue, station, origin, clock } = this.#parts
    const { locale, user_id: userId } = this.#row
    const t = catalogue.translator(locale)
    const pictures = await personalMedia.filesOf(userId)
    const places = new Map(pictures.map((picture) => [picture.id, placeOf(picture)]))
    const pages = new ArchivePages({ t, locale }, places)
    await this.#addWords(archive, pages)
    const leftOut = await this.#addPictures(archive, pictures)
    const facts = {
      stationName: station.name,
      origin: origin(),
      person: this.#username,
      at: clock.now().toISOString(),
      leftOut: leftOut.map((id) => `${origin()}/media/${id}`),
    }
    const about = { format: EXPORT_FORMAT, ...facts, locale, userId, files: pages.paths }
    await archive.addText('export.json', `${JSON.stringify(about, null, 2)}\n`)
    await archive.addText('FORMAT.txt', `${t('archive.format', { format: EXPORT_FORMAT })}\n`)
    await archive.addText('style.css', ARCHIVE_STYLE)
    await archive.addText('index.html', pages.index(facts))
  }

  async #addWords(archive: Archive, pages: ArchivePages): Promise<void> {
    const { safePath } = await import('./archive.ts')
    const { personalData } = this.#parts
    const { names } = personalData
    for await (const { name, files } of personalData.exports({ userId: this.#row.user_id })) {
      for (const file of files) {
        const safe = { ...file, path: safePath(file.path) }
        for (const { path, text } of pages.render(name, safe)) await archive.addText(path, text)
        this.#signal.throwIfAborted()
      }
      await this.#tell(Math.floor((WORDS_PERCENT * (names.indexOf(name) + 1)) / names.length))
    }
  }

  /** @returns the pictures for which there was no room. */
  async #addPictures(archive: Archive, pictures: readonly OwnFile[]): Promise<string[]> {
    const total = pictures.reduce((sum, { bytes }) => sum + bytes, 0)
    const leftOut: string[] = []
    let done = 0
    const onSlice = async (bytes: number): Promise<void> => {
      this.#signal.throwIfAborted()
      done += bytes
      const share = Math.min(1, done / Math.max(1, total))
      await this.#tell(Math.floor(WORDS_PERCENT + (99 - WORDS_PERCENT) * share))
    }
    for (const picture of pictures) {
      if (archive.hasRoomFor(picture.bytes)) {
        await archive.addStream(placeOf(picture), await picture.read(), onSlice)
        await this.#addOriginal(archive, picture)
      } else leftOut.push(picture.id)
    }
    return leftOut
  }

  /** The upload as it came. One that an earlier version has not kept is no reason to stop. */
  async #addOriginal(archive: Archive, { id }: OwnFile): Promise<void> {
    const original = await this.#parts.media.original(id).catch(() => undefined)
    if (!original) return
    const check = async (): Promise<void> => this.#signal.throwIfAborted()
    await archive.addStream(`media/originals/${id}`, original, check)
  }
}

function placeOf({ id, extension }: OwnFile): string {
  return `media/${id}.${extension}`
}
