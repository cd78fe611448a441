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
}

/**
 * Places as links, and a field. `core/palette/client` moves `#palette` into a dialog and makes a
 * combobox of it; its words travel in data attributes, `%` stands for what was typed.
 */
export function PalettePage({ t, pages, station, hasSearch }: PaletteProps): VNode {
  return (
    <div
      id="palette"
      class="palette"
      data-users={t('palette.people')}
      data-own={t('palette.own')}
      data-posts={t('palette.posts')}
      data-everywhere={hasSearch ? t('palette.everywhere', { q: '%' }) : undefined}
      data-untitled={t('palette.untitled')}
    >
      <h1>
        <VisuallyHidden>{t('palette.title')}</VisuallyHidden>
      </h1>
      <form class="palette-field" role="search" action={hasSearch ? '/search' : '/palette'}>
        <Icon name="search" size={20} />
        <input
          type="text"
          name="q"
          maxLength={200}
          placeholder={t('palette.placeholder')}
          aria-label={t('palette.placeholder')}
          autocomplete="off"
          spellcheck={false}
          enterkeyhint="go"
        />
        <button type="button" class="palette-close" aria-label={`${t('palette.close')}, Esc`}>
          <kbd>Esc</kbd>
          <Icon name="x" size={22} />
        </button>
      </form>
      <div class="palette-list">
        <Group title={t('palette.places')} places={pages} />
        {station.length > 0 && <Group title={t('admin.station')} places={station} />}
      </div>
      <p class="palette-foot" aria-hidden="true">
        <span>
          <kbd>↑</kbd> <kbd>↓</kbd> {t('palette.choose')}
        </span>
        <span>
          <kbd>↵</kbd> {t('palette.open')}
        </span>
        <span>
          <kbd>&gt;</kbd> {t('palette.onlyPlaces')}
        </span>
        {hasSearch && (
          <span>
            <kbd>@</kbd> {t('palette.onlyPeople')}
          </span>
        )}
      </p>
    </div>
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
