import { Button, Card, Notice, type Translate } from '#core'
import type { ComponentChildren, VNode } from 'preact'
import type { RefusedForm } from './card.ts'

type Props = {
  readonly t: Translate
  /** {@link SettingsCard.id}; the form says it, so that the answer comes back here. */
  readonly id: string
  readonly title: string
  readonly text: string
  readonly refused: RefusedForm | undefined
  readonly children: ComponentChildren
}

/**
 * A card that is one form of `/settings`. Its button is for browsers without scripts: a script
 * saves each change by itself.
 */
export function FormCard({ t, id, title, text, refused, children }: Props): VNode {
  return (
    <Card id={id} title={title} text={text}>
      <form class="settings-form" method="post" action="/settings" data-saves-itself>
        <input type="hidden" name="card" value={id} />
        {refused && <Notice kind="bad">{refused.problem ?? t('settings.wrong')}</Notice>}
        {children}
        <div class="settings-save">
          <Button kind="primary">{t('settings.save')}</Button>
        </div>
      </form>
    </Card>
  )
}
