import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RenderedPicture, Rendition } from './renditions.ts'

/** One file made of an upload, where it lies until it is stored. */
export interface RenditionFile extends Omit<Rendition, 'bytes'> {
  readonly path: string
  readonly bytes: number
}

export type PictureFiles = RenderedPicture<RenditionFile>

/** Writes every rendition into a folder, under its name. */
export async function writeRenditions(
  { renditions, ...picture }: RenderedPicture,
  folder: string,
): Promise<PictureFiles> {
  const files: RenditionFile[] = []
  for (const { bytes, ...rendition } of renditions) {
    const path = join(folder, rendition.name)
    await writeFile(path, bytes, { mode: 0o600 })
    files.push({ ...rendition, path, bytes: bytes.byteLength })
  }
  return { ...picture, renditions: files }
}
