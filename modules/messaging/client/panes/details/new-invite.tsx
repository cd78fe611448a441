import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { useHands } from '../../desk/use-desk.ts'
import type { InviteList, InviteWish } from './invite-list.ts'

const HOUR_S = 3_600
const SPANS = [
  ['hour', HOUR_S],
  ['day', 24 * HOUR_S],
  ['week', 7 * 24 * HOUR_S],
  ['ever', null],
] as const
const LIMITS = [1, 10, 100, null] as const

/** How long a link is to be valid, for how many, and whether an admin looks at each. */
export function NewInvite({ list }: { readonly list: InviteList }): VNode {
  const { say } = useHands().desk
  const [wish, setWish] = useState<InviteWish>({ forS: null, maxUses: null, approval: false })
  return (
    <form
      class="invite-new"
      onSubmit={(event) => {
        event.preventDefault()
        void list.create(wish)
      }}
    >
      <Choice
        label={say('invite.span')}
        value={wish.forS}
        options={SPANS.map(([name, seconds]) => [seconds, say(`invite.span.${name}`)])}
        choose={(forS) => setWish({ ...wish, forS })}
      />
      <Choice
        label={say('invite.limit')}
        value={wish.maxUses}
        options={LIMITS.map((count) => [
          count,
          count === null ? say('invite.limit.none') : say('invite.limit.people', { count }),
        ])}
        choose={(maxUses) => setWish({ ...wish, maxUses })}
      />
      <label class="switch">
        <span>{say('invite.approval')}</span>
        <input
          type="checkbox"
          role="switch"
          checked={wish.approval}
          onChange={(event) => setWish({ ...wish, approval: event.currentTarget.checked })}
        />
      </label>
      <button type="submit" class="button button-soft button-s">
        {say('invite.create')}
      </button>
    </form>
  )
}

type ChoiceProps = {
  readonly label: string
  readonly value: number | null
  readonly options: readonly (readonly [number | null, string])[]
  readonly choose: (value: number | null) => void
}

function Choice({ label, value, options, choose }: ChoiceProps): VNode {
  return (
    <label class="invite-choice">
      <span>{label}</span>
      <select
        class="entry-input"
        value={String(value)}
        onChange={({ currentTarget }) => choose(options[currentTarget.selectedIndex]?.[0] ?? null)}
      >
        {options.map(([option, text]) => (
          <option key={String(option)} value={String(option)}>
            {text}
          </option>
        ))}
      </select>
    </label>
  )
}
