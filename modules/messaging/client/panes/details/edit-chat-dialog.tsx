import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import type { Chat, Permissions } from '../../protocol/dto.ts'
import { useHands } from '../../desk/use-desk.ts'
import type { Say } from '../../look/words.ts'
import { TitleFields } from '../over/create-dialog.tsx'
import { Dialog } from '../over/overlay.tsx'
import { PhotoField } from './photo-field.tsx'

const PERMISSIONS = ['send', 'media', 'invite', 'pin', 'changeInfo'] as const
const PAUSES_S = [0, 10, 30, 60, 300, 900, 3_600] as const

/** Title, description, address, what plain members may do, and what newcomers see. */
export function EditChatDialog({ chat }: { readonly chat: Chat }): VNode {
  const { desk, deeds } = useHands()
  const { say } = desk
  const [wish, setWish] = useState({
    title: chat.title,
    about: chat.about,
    slug: chat.slug ?? '',
  })
  const [rules, setRules] = useState<Rules>({
    permissions: chat.permissions,
    slowModeS: chat.slowModeS,
    historyHidden: chat.historyHidden,
  })
  const [isBusy, setBusy] = useState(false)
  const hasSlug = chat.me?.role === 'owner' && chat.type === 'channel'
  const hasRules = chat.me?.role !== 'member' && chat.type === 'group'
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    const isDone = await deeds.update(chat.id, {
      title: wish.title.trim(),
      about: wish.about.trim(),
      ...(hasSlug && { slug: wish.slug === '' ? null : wish.slug }),
      ...(hasRules && rules),
    })
    setBusy(false)
    if (isDone) desk.open(undefined)
  }
  return (
    <Dialog
      title={say('chat.edit')}
      foot={
        <button
          type="submit"
          form="edit-chat"
          class="button button-primary"
          disabled={isBusy || wish.title.trim() === ''}
        >
          {say('chat.edit.save')}
        </button>
      }
    >
      <form id="edit-chat" class="fields" onSubmit={(event) => void submit(event)}>
        <PhotoField chat={chat} />
        <TitleFields wish={wish} change={setWish} hasSlug={hasSlug} />
        {hasRules && <RuleFields rules={rules} change={setRules} />}
        {hasRules && chat.slug === null && <HistoryField rules={rules} change={setRules} />}
      </form>
    </Dialog>
  )
}

interface Rules {
  readonly permissions: Permissions
  readonly slowModeS: number
  readonly historyHidden: boolean
}

type RuleFieldsProps = { readonly rules: Rules; readonly change: (rules: Rules) => void }

function RuleFields({ rules, change }: RuleFieldsProps): VNode {
  const { say } = useHands().desk
  const { permissions, slowModeS } = rules
  return (
    <>
      <fieldset class="switches">
        <legend>{say('permissions')}</legend>
        {PERMISSIONS.map((name) => (
          <label key={name} class="switch">
            <span>{say(`permission.${name}`)}</span>
            <input
              type="checkbox"
              role="switch"
              checked={permissions[name]}
              onChange={(event) => {
                const is = event.currentTarget.checked
                change({ ...rules, permissions: { ...permissions, [name]: is } })
              }}
            />
          </label>
        ))}
      </fieldset>
      <label class="entry">
        <span>{say('slowMode')}</span>
        <select
          class="entry-input"
          value={String(slowModeS)}
          onChange={(event) => change({ ...rules, slowModeS: Number(event.currentTarget.value) })}
        >
          {PAUSES_S.map((seconds) => (
            <option key={seconds} value={String(seconds)}>
              {pauseText(say, seconds)}
            </option>
          ))}
        </select>
      </label>
    </>
  )
}

/** What everybody may look at from outside is hidden from nobody, and has no such field. */
function HistoryField({ rules, change }: RuleFieldsProps): VNode {
  const { say } = useHands().desk
  const chosen = rules.historyHidden ? 'hidden' : 'visible'
  return (
    <label class="entry">
      <span>{say('newcomers')}</span>
      <select
        class="entry-input"
        value={chosen}
        onChange={(event) =>
          change({ ...rules, historyHidden: event.currentTarget.value === 'hidden' })
        }
      >
        {(['visible', 'hidden'] as const).map((each) => (
          <option key={each} value={each}>
            {say(`newcomers.${each}`)}
          </option>
        ))}
      </select>
      <small>{say(`newcomers.${chosen}.text`)}</small>
    </label>
  )
}

function pauseText(say: Say, seconds: number): string {
  if (seconds === 0) return say('slowMode.off')
  if (seconds < 60) return say('slowMode.seconds', { count: seconds })
  if (seconds < 3_600) return say('slowMode.minutes', { count: seconds / 60 })
  return say('slowMode.hours', { count: seconds / 3_600 })
}
