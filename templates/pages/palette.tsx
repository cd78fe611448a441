import type { VNode } from 'preact'
import type { IconName } from '../icon-names.ts'
import { Icon } from '../icon.tsx'
import type { Speech } from '../translate.ts'
import { VisuallyHidden } from '../visually-hidden.tsx'

export type PalettePlace = {
  readonly href: string
  readonly icon: IconName
  readonly label: string
}

export type PaletteProps = Speech & {
  readonly pages: readonly PalettePlace[]
  readonly station: readonly PalettePlace[]
  /** Whether people and posts can be looked for. */
  readonly hasSearch: boolean
  /** Whether there are chats to look into, and to write in. */
  readonly hasChats: boolean
  /** Whether what is typed can become a post. */
  readonly canWrite: boolean
}

/**
 * Places as links, and a field. `core/palette/client` moves `#palette` into a dialog and makes a
 * combobox of it; its words travel in data attributes, `%` stands for what was typed.
 */
export function PalettePage(props: PaletteProps): VNode {
  const { t, pages, station, hasSearch, hasChats, canWrite } = props
  return (
    <div
      id="palette"
      class="palette"
      data-people={t(hasChats ? 'palette.chats' : 'palette.people')}
      data-own={t('palette.own')}
      data-posts={t('palette.posts')}
      data-tags={t('palette.tags')}
      data-everywhere={hasSearch ? t('palette.everywhere', { q: '%' }) : undefined}
      data-messages={hasSearch && hasChats ? t('palette.messages', { q: '%' }) : undefined}
      data-nothing={t('palette.nothing')}
      data-new-post={canWrite ? t('palette.newPost', { q: '%' }) : undefined}
      data-here={t('palette.here')}
      data-untitled={t('palette.untitled')}
    >
      <h1>
        <VisuallyHidden>{t('palette.title')}</VisuallyHidden>
      </h1>
      <form class="palette-field" role="search" action={hasSearch ? '/search' : '/palette'}>
        <Icon name="search" size={20} />
        <span class="palette-typing">
          <input
            type="text"
            name="q"
            maxLength={200}
            placeholder={t(hasChats ? 'palette.placeholder.chats' : 'palette.placeholder')}
            aria-label={t(hasChats ? 'palette.placeholder.chats' : 'palette.placeholder')}
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            enterkeyhint="go"
          />
        </span>
        <button type="button" class="palette-close" aria-label={`${t('palette.close')}, Esc`}>
          <kbd>Esc</kbd>
          <Icon name="x" size={22} />
        </button>
      </form>
      <div class="palette-list">
        <Group title={t('palette.places')} places={pages} />
        {station.length > 0 && <Group title={t('admin.station')} places={station} />}
      </div>
      <Actions t={t} />
      <p class="palette-status" role="status" />
      <Foot t={t} hasSearch={hasSearch} />
    </div>
  )
}

const ACTS = [
  ['open', 'arrow-right'],
  ['write', 'message-circle'],
  ['edit', 'square-pen'],
  ['newTab', 'external-link'],
  ['copy', 'copy'],
  ['back', 'arrow-left'],
] as const satisfies readonly (readonly [string, IconName])[]

/** What can be done with a row: the script shows it in the place of the list, for that row. */
function Actions({ t }: Pick<Speech, 't'>): VNode {
  return (
    <section class="palette-group palette-actions" hidden>
      <h2>{t('palette.actions', { name: '%' })}</h2>
      {ACTS.map(([act, icon]) => (
        <a
          key={act}
          class="palette-row"
          data-act={act}
          {...(act === 'newTab' ? { target: '_blank', rel: 'noopener' } : {})}
          data-done={act === 'copy' ? t('palette.copied') : undefined}
        >
          <span class="palette-mark">
            <Icon name={icon} size={20} />
          </span>
          <span class="palette-name">{t(`palette.act.${act}`)}</span>
        </a>
      ))}
    </section>
  )
}

/** Keys, for who sees them; each is also told by what it does. */
function Foot({ t, hasSearch }: Pick<PaletteProps, 't' | 'hasSearch'>): VNode {
  return (
    <p class="palette-foot" aria-hidden="true">
      <Key keys={['↑', '↓']} does={t('palette.choose')} />
      <Key keys={['↵']} does={t('palette.open')} />
      <Key keys={['Tab']} does={t('palette.acts')} />
      <span class="palette-signs">
        <Key keys={['>']} does={t('palette.onlyPlaces')} />
        {hasSearch && <Key keys={['@']} does={t('palette.onlyPeople')} />}
        {hasSearch && <Key keys={['#']} does={t('palette.onlyTags')} />}
      </span>
    </p>
  )
}

function Key({ keys, does }: { readonly keys: readonly string[]; readonly does: string }): VNode {
  return (
    <span>
      {keys.map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
      {does}
    </span>
  )
}

type GroupProps = { readonly title: string; readonly places: readonly PalettePlace[] }

function Group({ title, places }: GroupProps): VNode {
  return (
    <section class="palette-group">
      <h2>{title}</h2>
      {places.map(({ href, icon, label }) => (
        <a key={href} class="palette-row" href={href}>
          <span class="palette-mark">
            <Icon name={icon} size={20} />
          </span>
          <span class="palette-name">{label}</span>
        </a>
      ))}
    </section>
  )
}
