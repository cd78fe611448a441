import { Button, Card, Select, type Translate } from '#core'
import type { VNode } from 'preact'
import { SHOWN_TO, type ShownTo } from '../presence/presence.ts'

export interface LastSeenCardProps {
  readonly t: Translate
  readonly action: string
  readonly chosen: ShownTo
}

/** Who sees that one is here, and when one was. */
export function LastSeenCard({ t, action, chosen }: LastSeenCardProps): VNode {
  return (
    <Card title={t('messaging.lastSeen.title')} text={t('messaging.lastSeen.text')}>
      <form method="post" action={action} class="settings-form" data-sends-itself>
        <Select
          name="shownTo"
          id="last-seen-choice"
          label={t('messaging.lastSeen.label')}
          value={chosen}
          options={SHOWN_TO.map((value) => ({ value, label: t(`messaging.lastSeen.${value}`) }))}
        />
        <div class="settings-save">
          <Button kind="primary">{t('messaging.blog.save')}</Button>
        </div>
      </form>
    </Card>
  )
}
