import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Chat } from '../../protocol/dto.ts'
import { useHands } from '../../desk/use-desk.ts'
import { Icon } from '../../look/icon.tsx'

interface Known {
  readonly blocks: boolean | null
  readonly links: readonly {
    readonly href: string
    readonly icon: string
    readonly label: string
  }[]
}

/** Keeping somebody away and reporting: what other modules of the station know and offer. */
export function Beside({ chat }: { readonly chat: Chat }): VNode | null {
  const { desk, deeds } = useHands()
  const [known, setKnown] = useState<Known>()
  const { toast } = desk
  const look = async (): Promise<void> => {
    /* Quietly: a line about a failure would be a reason to look again. */
    const answer = await desk.messenger
      .ask('chats.beside', { chat: chat.id })
      .catch(() => undefined)
    if (answer) setKnown(answer as Known)
  }
  /* Again when something has been done, such as blocking: it is told in a line. */
  useEffect(() => void look(), [toast])
  const { blocks = null, links = [] } = known ?? {}
  const { peer } = chat
  if (blocks === null && links.length === 0) return null
  const press = async (): Promise<void> => {
    if (!blocks) return desk.open({ kind: 'block', chat: chat.id })
    if (peer) await deeds.block(peer, false)
    await look()
  }
  return (
    <section class="details-part">
      {blocks !== null && peer && (
        <button type="button" class="details-bad" onClick={() => void press()}>
          <Icon name={blocks ? 'undo-2' : 'ban'} size={18} />
          {desk.say(blocks ? 'unblock' : 'block', { name: peer.displayName })}
        </button>
      )}
      {links.map(({ href, icon, label }) => (
        <a key={href} class="details-bad" href={href}>
          <Icon name={icon} size={18} />
          {label}
        </a>
      ))}
    </section>
  )
}
