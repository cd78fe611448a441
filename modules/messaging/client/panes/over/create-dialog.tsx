import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import type { Person } from '../../protocol/dto.ts'
import { useHands } from '../../desk/use-desk.ts'
import { Dialog } from './overlay.tsx'
import { PeopleChooser } from './people-chooser.tsx'

const MAX_TITLE = 100
const MAX_ABOUT = 500

/** A chat with somebody begins with a name; a group or a channel with a title. */
export function CreateDialog({ what }: { readonly what: 'private' | 'group' | 'channel' }): VNode {
  const { desk, deeds } = useHands()
  const { say } = desk
  if (what === 'private') {
    return (
      <Dialog title={say('create.private')} class="dialog-tall">
        <PeopleChooser
          chosen={[]}
          isSingle
          toggle={({ username }) => {
            desk.open(undefined)
            void deeds.write(username)
          }}
        />
      </Dialog>
    )
  }
  return <CreateShared what={what} />
}

interface Wish {
  readonly title: string
  readonly about: string
  readonly slug: string
}

function CreateShared({ what }: { readonly what: 'group' | 'channel' }): VNode {
  const { desk, deeds } = useHands()
  const { say } = desk
  const [wish, setWish] = useState<Wish>({ title: '', about: '', slug: '' })
  const [members, setMembers] = useState<readonly Person[]>([])
  const [isBusy, setBusy] = useState(false)
  const toggle = (person: Person): void => {
    const isChosen = members.some(({ id }) => id === person.id)
    setMembers(isChosen ? members.filter(({ id }) => id !== person.id) : [...members, person])
  }
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault()
    if (isBusy) return
    setBusy(true)
    const usernames = members.map(({ username }) => username)
    const isDone = await deeds.create({ type: what, ...asked(wish), members: usernames })
    setBusy(false)
    if (isDone) desk.open(undefined)
  }
  return (
    <Dialog
      title={say(`create.${what}`)}
      {...(what === 'group' && { class: 'dialog-tall' })}
      foot={
        <button
          type="submit"
          form="create-chat"
          class="button button-primary"
          disabled={wish.title.trim() === '' || isBusy}
        >
          {say(`create.${what}.do`)}
        </button>
      }
    >
      <form id="create-chat" class="fields" onSubmit={(event) => void submit(event)}>
        <TitleFields wish={wish} change={setWish} hasSlug={what === 'channel'} />
      </form>
      {what === 'group' && (
        <>
          <h3 class="dialog-sub">{say('create.members')}</h3>
          <PeopleChooser chosen={members} toggle={toggle} />
        </>
      )}
    </Dialog>
  )
}

function asked({ title, about, slug }: Wish): { title: string; about?: string; slug?: string } {
  return {
    title: title.trim(),
    ...(about.trim() !== '' && { about: about.trim() }),
    ...(slug !== '' && { slug }),
  }
}

type TitleFieldsProps = {
  readonly wish: Wish
  readonly change: (wish: Wish) => void
  readonly hasSlug: boolean
}

/** What a group or a channel is called, also when it is changed. */
export function TitleFields({ wish, change, hasSlug }: TitleFieldsProps): VNode {
  const { say } = useHands().desk
  return (
    <>
      <label class="entry">
        <span>{say('field.title')}</span>
        <input
          class="entry-input"
          value={wish.title}
          maxLength={MAX_TITLE}
          required
          autofocus
          onInput={(event) => change({ ...wish, title: event.currentTarget.value })}
        />
      </label>
      <label class="entry">
        <span>{say('field.about')}</span>
        <textarea
          class="entry-input"
          rows={2}
          value={wish.about}
          maxLength={MAX_ABOUT}
          onInput={(event) => change({ ...wish, about: event.currentTarget.value })}
        />
      </label>
      {hasSlug && (
        <label class="entry">
          <span>{say('field.slug')}</span>
          <input
            class="entry-input"
            value={wish.slug}
            pattern="[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
            minLength={4}
            maxLength={40}
            placeholder="water-and-light"
            onInput={(event) => change({ ...wish, slug: event.currentTarget.value.toLowerCase() })}
          />
          <small>{say('field.slug.hint')}</small>
        </label>
      )}
    </>
  )
}
