import { type Answer, DraftKeeper, type Saved } from './writing/draft-keeper.ts'
import { fateOf, LocalCopies } from './writing/local-copy.ts'
import { WritingForm } from './writing/writing-form.ts'

/** Saving while typing. The page works without it: then there is a button to save. */
const element = document.querySelector<HTMLFormElement>('form.write')
if (element) start(new WritingForm(element), new LocalCopies(localStorage))

function start(form: WritingForm, copies: LocalCopies): void {
  const { id, rev } = form
  const opened = form.values()
  const copy = copies.find(id)
  const keeper = new DraftKeeper(
    {
      now: () => Date.now(),
      later(run, ms) {
        const timer = setTimeout(run, ms)
        return () => clearTimeout(timer)
      },
      send,
      keep: (of, on) =>
        copies.keep(of, {
          values: form.values(),
          at: Date.now(),
          ...(on !== undefined && { rev: on }),
        }),
      forget: (of) => copies.forget(of),
      show: (state) => form.show(state, keeper.isAtRisk),
      saved: (saved: Saved) => form.adopt(saved),
      merged: (title, markdown) => form.put({ title, markdown }),
    },
    {
      api: form.api,
      id,
      rev,
      draft: form.draft(),
      isStored: form.isStored,
      isLive: form.state !== 'published',
    },
  )
  form.goLive()
  const edited = (): void => {
    form.count()
    keeper.edit(form.draft())
  }
  if (copy !== undefined) {
    const fate = fateOf(copy, opened, rev)
    const take = (): void => {
      form.put(copy.values)
      edited()
    }
    if (fate === 'drop') copies.forget(id)
    if (fate === 'restore') {
      take()
      form.tellRestored(copy.at, () => {
        form.put(opened)
        edited()
      })
    }
    if (fate === 'offer') form.offerLeft(take)
  }
  if (!form.isStored) edited()
  listen(form, keeper, copies, edited)
}

function listen(
  form: WritingForm,
  keeper: DraftKeeper,
  copies: LocalCopies,
  edited: () => void,
): void {
  const flush = (): void => void keeper.flush()
  form.onInput(edited)
  addEventListener('online', flush)
  document.addEventListener('visibilitychange', () => document.hidden && flush())
  addEventListener('keydown', (event) => {
    if (event.code !== 'KeyS' || !(event.ctrlKey || event.metaKey) || event.altKey) return
    event.preventDefault()
    flush()
  })
  addEventListener('beforeunload', (event) => {
    if (keeper.isAtRisk) event.preventDefault()
  })
  // A page brought back from the browser's memory would go on with an old revision.
  addEventListener('pageshow', (event) => event.persisted && location.reload())
  form.onSubmit(async () => {
    await keeper.stop()
    const of = form.id
    const values = form.values()
    const { rev } = keeper
    copies.keep(of, { values, at: Date.now(), isSent: true, ...(rev !== undefined && { rev }) })
  })
}

async function send(method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(path, {
    method,
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') === true
  return { status: response.status, body: isJson ? JSON.parse(text) : undefined }
}
