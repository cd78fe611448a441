import type { VNode } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import type { Chat, Message } from '../../protocol/dto.ts'
import { piecesOf } from '../../store/gallery.ts'
import { useHands, useWatched } from '../../desk/use-desk.ts'
import { sizeText } from '../../look/dates.ts'
import { Film } from '../../look/film.tsx'
import { Icon } from '../../look/icon.tsx'
import { safeAddress } from '../../look/rich-text.tsx'
import { fitting } from '../talk/album.tsx'
import { SHARED_KINDS, type SharedKind, SharedList } from './shared-list.ts'

/** Everything that was sent here, by kind. */
export function SharedMedia({ chat }: { readonly chat: Chat }): VNode {
  const { desk, deeds } = useHands()
  const { say } = desk
  const list = useMemo(() => new SharedList(deeds, chat), [])
  useWatched(list)
  useEffect(() => void list.load(), [chat.last?.seq])
  const { kind, items } = list
  return (
    <section class="details-part details-shared" aria-label={say('shared')}>
      <Tabs list={list} />
      <div id="shared-panel" role="tabpanel" aria-labelledby={`shared-${kind}`} tabIndex={-1}>
        {items?.length === 0 && <p class="shared-empty">{say(`shared.empty.${kind}`)}</p>}
        {items && items.length > 0 && <Listed kind={kind} messages={items} />}
        {list.hasMore && (
          <button
            type="button"
            class="button button-line button-s"
            onClick={() => void list.more()}
          >
            {say('showMore')}
          </button>
        )}
      </div>
    </section>
  )
}

function Tabs({ list }: { readonly list: SharedList }): VNode {
  const { say } = useHands().desk
  return (
    <div class="shared-tabs" role="tablist" aria-label={say('shared')} onKeyDown={walk}>
      {SHARED_KINDS.map((kind) => (
        <button
          key={kind}
          type="button"
          role="tab"
          id={`shared-${kind}`}
          tabIndex={list.kind === kind ? 0 : -1}
          aria-selected={list.kind === kind}
          aria-controls="shared-panel"
          onClick={() => list.choose(kind)}
        >
          {say(`shared.${kind}`)}
        </button>
      ))}
    </div>
  )

  function walk(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const { length } = SHARED_KINDS
    const next = SHARED_KINDS[(SHARED_KINDS.indexOf(list.kind) + step + length) % length]
    if (!next) return
    list.choose(next)
    document.getElementById(`shared-${next}`)?.focus()
  }
}

function Listed({ kind, messages }: Messages & { readonly kind: SharedKind }): VNode {
  if (kind === 'media') return <Pictures messages={messages} />
  if (kind === 'links') return <Links messages={messages} />
  return <Files messages={messages} />
}

type Messages = { readonly messages: readonly Message[] }

function Pictures({ messages }: Messages): VNode {
  const { desk } = useHands()
  const shown = messages.flatMap((message) =>
    piecesOf(message).map((piece, at) => ({ ...piece, at })),
  )
  return (
    <div class="shared-grid">
      {shown.map(({ media, message, at }, place) => (
        <button
          key={`${message.seq} ${media.id}`}
          type="button"
          onClick={() => desk.open({ kind: 'viewer', message, at })}
        >
          <span class="visually-hidden">
            {media.alt ||
              desk.say(media.kind === 'video' ? 'viewer.play' : 'viewer.open', {
                number: place + 1,
                count: shown.length,
              })}
          </span>
          {media.kind === 'video' ? (
            <Film media={media} />
          ) : (
            <img src={fitting(media, 240)} alt="" loading="lazy" />
          )}
        </button>
      ))}
    </div>
  )
}

function Files({ messages }: Messages): VNode {
  const { desk } = useHands()
  return (
    <ul class="shared-list">
      {messages.flatMap((message) =>
        message.media.map((media) => (
          <li key={media.id}>
            <a href={media.url} download={media.name}>
              <Icon name={media.kind === 'voice' ? 'mic' : 'file-text'} />
              <span class="row-words">
                <span class="row-title">
                  {media.kind === 'voice' ? desk.say('kind.voice') : media.name}
                </span>
                <span class="row-summary">
                  {sizeText(media.bytes, desk.locale)} ·{' '}
                  {desk.dates.brief(message.date, desk.nowMs)}
                </span>
              </span>
            </a>
          </li>
        )),
      )}
    </ul>
  )
}

function Links({ messages }: Messages): VNode {
  const { desk } = useHands()
  return (
    <ul class="shared-list">
      {messages.flatMap((message) =>
        message.entities.map(({ type, offset, length, url }) => {
          const words = message.text.slice(offset, offset + length)
          const isUrl = type === 'url' || type === 'link'
          const address = isUrl ? safeAddress(url ?? withScheme(words)) : undefined
          return address === undefined ? null : (
            <li key={`${message.seq} ${offset}`}>
              <a href={address} target="_blank" rel="noopener noreferrer nofollow">
                <Icon name="link" />
                <span class="row-words">
                  <span class="row-title">{message.preview?.title ?? words}</span>
                  <span class="row-summary">
                    {new URL(address).host} · {desk.dates.brief(message.date, desk.nowMs)}
                  </span>
                </span>
              </a>
            </li>
          )
        }),
      )}
    </ul>
  )
}

function withScheme(words: string): string {
  return /^[a-z][a-z0-9+.-]*:/i.test(words) ? words : `https://${words}`
}
