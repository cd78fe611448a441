import { Icon, type IconName, LanguageSwitch, type Speech } from '#core'
import type { ComponentChild, VNode } from 'preact'

/** A card that is drawn, with what the list of sections says of it. */
export type DrawnCard = {
  /** Anchor on the page. */
  readonly id: string
  readonly icon: IconName
  readonly label: string
  readonly column: 'start' | 'end'
  readonly card: ComponentChild
}

export type FrameProps = Speech & {
  readonly cards: readonly DrawnCard[]
  /** Right after a successful save: the time of day. */
  readonly savedAt: string | undefined
  /** Of this page: where the switch of languages comes back to. */
  readonly path: string
}

/** The list of sections beside two columns of cards. */
export function SettingsFrame(props: FrameProps): VNode {
  const { t, cards, savedAt } = props
  return (
    <div class="settings">
      <Sections t={t} cards={cards} />
      <div class="settings-main">
        <header class="settings-head">
          <h1>{t('settings.title')}</h1>
          <SaveState t={t} savedAt={savedAt} />
          <LanguageSwitch {...props} />
        </header>
        <div class="settings-cards">
          <Column cards={cards} side="start" />
          <Column cards={cards} side="end" />
        </div>
      </div>
    </div>
  )
}

type SectionsProps = Pick<FrameProps, 't' | 'cards'>

function Sections({ t, cards }: SectionsProps): VNode {
  return (
    <nav class="settings-nav" aria-label={t('settings.nav')}>
      <div>
        <p>{t('settings.nav')}</p>
        {cards.map(({ id, icon, label }) => (
          <a key={id} href={`#${id}`}>
            <Icon name={icon} />
            {label}
          </a>
        ))}
      </div>
    </nav>
  )
}

/** Stands there from the start, so that what a script says later is read out. */
function SaveState({ t, savedAt }: Pick<FrameProps, 't' | 'savedAt'>): VNode {
  return (
    <p
      class="saved"
      role="status"
      data-save-sign={savedAt === undefined ? 'none' : 'saved'}
      data-saving={t('settings.saving')}
      data-saved={t('settings.savedAt', { time: '#' })}
      data-offline={t('settings.offline')}
      data-refused={t('settings.refused')}
    >
      <Icon name="check" size={18} />
      <Icon name="circle-alert" size={18} />
      <span>{savedAt !== undefined && t('settings.savedAt', { time: savedAt })}</span>
    </p>
  )
}

type ColumnProps = { readonly cards: readonly DrawnCard[]; readonly side: 'start' | 'end' }

function Column({ cards, side }: ColumnProps): VNode {
  return (
    <div class="settings-column">
      {cards.filter(({ column }) => column === side).map(({ card }) => card)}
    </div>
  )
}
