import type { App } from '../../app.ts'
import type { Picture, UploadedFile } from '../../port/media.ts'
import type { Ask } from './docking-port.ts'

export type MediaMethod =
  | 'picture-put'
  | 'picture-find'
  | 'file-find'
  | 'picture-use'
  | 'picture-release'

/** The module's side: pictures by name, their bytes as text. */
export function mediaPart(ask: Ask): Pick<App, 'media'> {
  return {
    media: {
      putPicture: async ({ bytes, ...rest }) => {
        const base64 = Buffer.from(bytes).toString('base64')
        return (await ask('picture-put', { ...rest, base64 })) as Picture
      },
      find: async (ids, of) => (await ask('picture-find', { ids, ...of })) as readonly Picture[],
      findFiles: async (ids, of) =>
        (await ask('file-find', { ids, ...of })) as readonly UploadedFile[],
      use: async (usedBy, ids, guard) => void (await ask('picture-use', { usedBy, ids, ...guard })),
      release: async (usedBy, ids) => void (await ask('picture-release', { usedBy, ids })),
    },
  }
}
