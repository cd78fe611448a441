import { ownPage } from '#client'
import type { Saved } from './writing/answered-post.ts'
import { type Answer, DraftKeeper } from './writing/draft-keeper.ts'
import { fateOf, LocalCopies, type LocalCopy } from './writing/local-copy.ts'
import { PicturePanel } from './writing/picture-panel.ts'
import { WritingForm } from './writing/writing-form.ts'

/** Saving while typing. The page works without it: then there is a button to save. */
const element = document.querySelector<HTMLFormElement>('form.write')
if (element) {
  start(new WritingForm(element), new LocalCopies(localStorage))
  takePictures(element)
}

function takePictures(form: HTMLFormElement): void {
  const panel = form.querySelector<HTMLElement>('[data-picture]')
  const text = form.querySelector<HTMLTextAreaElement>('textarea[name="markdown"]')
  const choose = form.querySelector<HTMLElement>('.write-picture')
  const input = form.querySelector<HTMLInputElement>('[data-picture-file]')
  if (panel && text && choose && input) new PicturePanel(panel, text).listen(choose, input)
}

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
      key: () => form.key,
      keep: (of, on) =>
        copies.keep(of, { ...copyOf(form, of), ...(on !== undefined && { rev: on }) }),
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
    const ownKey = form.key
    const take = (): void => {
      form.put(copy.values)
      form.key = copy.key
      edited()
    }
    if (fate === 'drop') copies.forget(id)
    if (fate === 'restore') {
      take()
      form.tellRestored(copy.at, () => {
        form.put(opened)
        form.key = ownKey
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
    const { rev } = keeper
    copies.keep(of, { ...copyOf(form, of), isSent: true, ...(rev !== undefined && { rev }) })
  })
}

function copyOf(form: WritingForm, id: string | undefined): LocalCopy {
  const { key } = form
  const begins = id === undefined && key !== undefined && { key }
  return { values: form.values(), at: Date.now(), ...begins }
}

async function send(method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(path, {
    method,
    headers: { accept: 'application/json', 'content-type': 'application/json', ...ownPage() },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') === true
  return { status: response.status, body: isJson ? JSON.parse(text) : undefined }
}
