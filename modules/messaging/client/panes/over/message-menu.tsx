import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import type { Chat, Message } from '../../protocol/dto.ts'
import { mayEdit, mayKnowReaders, mayKnowWho, mayPin, mayWrite } from '../../desk/may.ts'
import { type Hands, useHands } from '../../desk/use-desk.ts'
import { Icon } from '../../look/icon.tsx'
import type { Outgoing } from '../../store/outbox.ts'
import { EmojiPicker } from '../composer/emoji-picker.tsx'
import { keyOf } from '../talk/rows.ts'
import { Menu, type MenuItem } from './menu.tsx'
import { countOf } from './who-dialog.tsx'

const QUICK = ['❤️', '🔥', '👏', '😄', '🌊'] as const

type MessageMenuProps = { readonly message: Message; readonly x: number; readonly y: number }

/** All that can be done with one message, in one order everywhere. */
export function MessageMenu(props: MessageMenuProps): VNode {
  const { message, x, y } = props
  const hands = useHands()
  return (
    <Menu
      x={x}
      y={y}
      label={hands.desk.say('message.menu')}
      items={itemsFor(hands, props)}
      about={keyOf(message, hands.desk.messenger.self.id)}
      top={<ReactionBar message={message} />}
    />
  )
}

type Items = readonly (MenuItem | undefined)[]

function itemsFor(hands: Hands, { message, x, y }: MessageMenuProps): Items {
  const { desk, deeds } = hands
  const { say, messenger } = desk
  const chat = messenger.book.chat(message.chat)
  if (!chat) return []
  const { seq } = message
  return [
    ...itsWords(hands, chat, message),
    ...itsPlaces(hands, chat, message),
    ...itsReaders(hands, chat, message, { x, y }),
    { icon: 'circle-check', label: say('select'), run: () => desk.select(seq) },
    when(desk.can('report') && message.sender !== messenger.self.id, {
      icon: 'flag',
      label: say('message.report'),
      run: () => void deeds.report(message),
    }),
    {
      icon: 'trash-2',
      label: say('message.remove'),
      isBad: true,
      run: () => desk.open({ kind: 'delete', seqs: [seq] }),
    },
  ]
}

/** What one says to it, and what it says elsewhere. */
function itsWords({ desk, deeds }: Hands, chat: Chat, message: Message): Items {
  const { say } = desk
  const { seq } = message
  return [
    when(mayWrite(chat), { icon: 'reply', label: say('reply'), run: () => answer(desk, message) }),
    when(mayEdit(chat, message, desk.looker), {
      icon: 'pencil',
      label: say('edit'),
      run: () => desk.edit(message),
    }),
    {
      icon: 'forward',
      label: say('forward'),
      run: () => desk.open({ kind: 'forward', seqs: [seq] }),
    },
    when(message.text !== '', {
      icon: 'copy',
      label: say('copy.text'),
      run: () => void deeds.copy(selectedWords() || message.text),
    }),
    when(chat.slug !== null, {
      icon: 'link',
      label: say('copy.link'),
      run: () => void deeds.copy(`${location.origin}/chats/${chat.id}?message=${seq}`),
    }),
  ]
}

/** Who stands behind the signs at it. */
function itsReaders(
  { desk }: Hands,
  chat: Chat,
  message: Message,
  at: { readonly x: number; readonly y: number },
): Items {
  const { say } = desk
  const count = countOf(message)
  return [
    when(count > 0 && mayKnowWho(chat), {
      icon: 'smile',
      label: say('who.reacted', { count }),
      run: () => desk.open({ kind: 'who', message, part: 'all', ...at }),
    }),
    when(mayKnowReaders(chat, message, desk.looker), {
      icon: 'check-check',
      label: say('who.read'),
      run: () => desk.open({ kind: 'who', message, part: 'read', ...at }),
    }),
  ]
}

/** Where else it is kept. */
function itsPlaces({ desk, deeds }: Hands, chat: Chat, message: Message): Items {
  const { say } = desk
  const { seq } = message
  const isPinned = chat.pinnedSeqs.includes(seq)
  const pictures = message.media.filter(({ kind }) => kind === 'photo' || kind === 'video')
  return [
    when(mayPin(chat), {
      icon: isPinned ? 'pin-off' : 'pin',
      label: say(isPinned ? 'unpin' : 'pin'),
      run: () => void deeds.pin(message, !isPinned),
    }),
    when(pictures.length > 0, {
      icon: 'download',
      label: say('save.pictures', { count: pictures.length }),
      run: () => download(pictures),
    }),
    when(chat.type !== 'saved', {
      icon: 'bookmark',
      label: say('save'),
      run: () => void deeds.save(chat.id, [seq]),
    }),
    when(desk.can('draft') && message.text !== '', {
      icon: 'square-pen',
      label: say('message.draft'),
      run: () => void deeds.draft(chat.id, [seq]),
    }),
  ]
}

function when(condition: boolean, item: MenuItem): MenuItem | undefined {
  return condition ? item : undefined
}

/** What is selected within the message is quoted. */
function answer(desk: Hands['desk'], message: Message): void {
  const words = selectedWords()
  const offset = words === '' ? -1 : message.text.indexOf(words)
  desk.answer(message, offset < 0 ? undefined : { text: words, offset })
}

function selectedWords(): string {
  return getSelection()?.toString().trim() ?? ''
}

function download(pictures: Message['media']): void {
  for (const { url, name } of pictures) {
    const link = document.createElement('a')
    link.href = url
    link.download = name
    link.click()
  }
}

function ReactionBar({ message }: { readonly message: Message }): VNode {
  const { desk, deeds } = useHands()
  const [isOpen, open] = useState(false)
  const react = (emoji: string): void => {
    desk.open(undefined)
    void deeds.react(message, emoji)
  }
  if (isOpen) {
    return (
      <div class="ctx-emoji">
        <EmojiPicker choose={react} />
      </div>
    )
  }
  return (
    <div class="ctx-reactions" role="group" aria-label={desk.say('react')}>
      {QUICK.map((emoji) => (
        <button
          key={emoji}
          type="button"
          aria-pressed={message.reactions.some((each) => each.mine && each.emoji === emoji)}
          aria-label={desk.say('react.with', { emoji })}
          onClick={() => react(emoji)}
        >
          {emoji}
        </button>
      ))}
      <button type="button" aria-label={desk.say('react.more')} onClick={() => open(true)}>
        <Icon name="chevron-down" />
      </button>
    </div>
  )
}

/** For a message that has not arrived. */
export function OutgoingMenu({
  item,
  x,
  y,
}: {
  readonly item: Outgoing
  readonly x: number
  readonly y: number
}): VNode {
  const { desk, deeds } = useHands()
  const { say, messenger } = desk
  const items: (MenuItem | undefined)[] = [
    item.state === 'failed'
      ? { icon: 'undo-2', label: say('retry'), run: () => void messenger.outbox.retry(item.cid) }
      : undefined,
    item.text === ''
      ? undefined
      : {
          icon: 'pencil',
          label: say('edit'),
          run: () => desk.open({ kind: 'edit-outgoing', item }),
        },
    item.text === ''
      ? undefined
      : { icon: 'copy', label: say('copy.text'), run: () => void deeds.copy(item.text) },
    {
      icon: 'trash-2',
      label: say('message.remove'),
      isBad: true,
      run: () => void messenger.outbox.remove(item.cid),
    },
  ]
  return <Menu x={x} y={y} label={say('message.menu')} items={items} />
}
