import type { NewPicture } from '../../port/media.ts'
import type { MediaRoom } from '../../media/index.ts'
import type { MediaMethod } from '../port/media.ts'

type Input = Record<string, unknown>

interface HostFacts {
  readonly room: () => Pick<MediaRoom, 'media' | 'mediaUses'>
  /** The module's id: its claims carry it, so that nobody takes back another's. */
  readonly claimant: () => string
  /** @throws when the manifest does not ask for the permission. */
  readonly needs: (permission: string) => void
}

/** The host's side of pictures. */
export function mediaAnswers({
  room,
  claimant,
  needs,
}: HostFacts): Record<MediaMethod, (input: Input) => Promise<unknown>> {
  const claim = (usedBy: unknown): string => `${claimant()}:${String(usedBy)}`
  return {
    'picture-put': async ({ base64, ...facts }) => {
      needs('media')
      const bytes = Buffer.from(String(base64), 'base64')
      return room().media.putPicture({ ...(facts as unknown as Omit<NewPicture, 'bytes'>), bytes })
    },
    'picture-find': async ({ ids, ownerId }) =>
      room().media.find(ids as string[], ownerId as string | undefined),
    'file-find': async ({ ids, ownerId }) =>
      room().media.findFiles(ids as string[], ownerId as string | undefined),
    'picture-use': async ({ usedBy, ids, by = null }) => {
      needs('media')
      await room().mediaUses.use(claim(usedBy), ids as string[], by as string | null)
    },
    'picture-release': async ({ usedBy, ids }) => {
      needs('media')
      await room().mediaUses.release(claim(usedBy), ids as string[] | undefined)
    },
  }
}
