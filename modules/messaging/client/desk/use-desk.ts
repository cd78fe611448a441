import { createContext } from 'preact'
import { useContext, useEffect, useState } from 'preact/hooks'
import type { Watched } from '../store/watched.ts'
import type { Deeds } from './deeds.ts'
import type { Desk } from './desk.ts'

/** What the person sees, and what they can do. */
export interface Hands {
  readonly desk: Desk
  readonly deeds: Deeds
}

export const HandsContext = createContext<Hands | undefined>(undefined)

export function useHands(): Hands {
  const hands = useContext(HandsContext)
  if (!hands) throw new Error('There is no desk around this part of the page')
  return hands
}

/** Draws again whenever one of these has changed. */
export function useWatched(...watched: readonly Watched[]): void {
  const [, draw] = useState({})
  const seen = versionsOf(watched)
  useEffect(() => {
    const ends = watched.map((each) => each.watch(() => draw({})))
    /* Something may have changed between drawing and watching. */
    if (versionsOf(watched) !== seen) draw({})
    return () => {
      for (const end of ends) end()
    }
  }, watched)
}

function versionsOf(watched: readonly Watched[]): string {
  return watched.map(({ version }) => version).join()
}
