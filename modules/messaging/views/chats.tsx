import { Icon, type IconName, type Translate } from '#core'
import type { VNode } from 'preact'

/** What the messenger draws with: they come with the page, so that nothing appears late. */
const ICONS = [
  'archive',
  'arrow-left',
  'arrow-up',
  'at-sign',
  'ban',
  'bell',
  'bell-off',
  'bold',
  'bookmark',
  'calendar',
  'check',
  'check-check',
  'chevron-down',
  'chevron-left',
  'chevron-right',
  'chevron-up',
  'circle',
  'circle-alert',
  'circle-check',
  'clock',
  'cloud-off',
  'code',
  'copy',
  'download',
  'ellipsis',
  'ellipsis-vertical',
  'eye',
  'eye-off',
  'file-text',
  'flag',
  'forward',
  'italic',
  'link',
  'list',
  'lock',
  'log-out',
  'megaphone',
  'message-circle',
  'mic',
  'monitor',
  'newspaper',
  'panel-right',
  'paperclip',
  'pause',
  'pencil',
  'pin',
  'pin-off',
  'play',
  'refresh-cw',
  'reply',
  'search',
  'shield-alert',
  'smile',
  'square-pen',
  'strikethrough',
  'text-quote',
  'trash-2',
  'triangle-alert',
  'type',
  'undo-2',
  'user',
  'user-plus',
  'users',
  'x',
  'zoom-in',
  'zoom-out',
] as const satisfies readonly IconName[]

export interface ChatsProps {
  readonly t: Translate
  readonly locale: string
  /** Who is here, as JSON for the script. */
  readonly self: string
  /** The texts of the messenger, as JSON for the script. */
  readonly words: string
  /** What this station offers beyond talking, by name. */
  readonly can: readonly string[]
  /** A user name to write to at once. */
  readonly writeTo: string | undefined
}

/** The place of the messenger: its geometry at once, the rest by `client/chats.tsx`. */
export function ChatsPage({ t, locale, self, words, can, writeTo }: ChatsProps): VNode {
  return (
    <>
      <template id="chat-icons">
        {ICONS.map((name) => (
          <i key={name} id={`chat-icon-${name}`}>
            <Icon name={name} size={24} />
          </i>
        ))}
      </template>
      <h1 class="visually-hidden">{t('messaging.ui.title')}</h1>
      <div
        id="chats"
        class="chats"
        data-own-keys
        data-own-socket
        data-locale={locale}
        data-self={self}
        data-words={words}
        data-can={can.join(' ')}
        data-user={writeTo}
      >
        <div class="panes panes-early" data-screen="list">
          <div class="panes-left">
            <section class="list">
              <header class="list-head">
                <h2>{t('messaging.ui.title')}</h2>
              </header>
              <noscript>
                <div class="list-empty">
                  <h2>{t('messaging.ui.noscript.title')}</h2>
                  <p>{t('messaging.ui.noscript')}</p>
                </div>
              </noscript>
              <div class="list-scroll rows-skeleton" aria-hidden="true">
                {Array.from({ length: 9 }, (_each, index) => (
                  <span key={index} class="row-skeleton">
                    <i />
                    <b />
                    <b />
                  </span>
                ))}
              </div>
            </section>
          </div>
          <div class="talks talks-none">
            <div class="wall" />
          </div>
        </div>
      </div>
    </>
  )
}
