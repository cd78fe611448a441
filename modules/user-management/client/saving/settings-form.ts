import { ownPage } from '#client'
import { type Change, type SaveAnswer, Saver, type SaveState } from './saver.ts'
import { SaveSign } from './save-sign.ts'
import { saverOf } from './whole-form.ts'

/** Fields that hold one entry per line of the form. */
const LISTS: ReadonlySet<string> = new Set(['links'])

/** Every form of the page that saves itself, over one {@link Saver}. */
export function startSaving(page: Document): void {
  const forms = [...page.querySelectorAll<HTMLFormElement>('form[data-saves-itself]')]
  const sign = page.querySelector<HTMLElement>('[data-save-sign]')
  if (forms.length === 0 || !sign) return
  const shown = new SaveSign(sign)
  let isLanguageNew = false
  const saver = new Saver({
    send,
    later(run, ms) {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
    show(state: SaveState) {
      shown.show(state)
      if (state === 'saved' && isLanguageNew) location.reload()
    },
    tell: (errors) => forms.forEach((form) => tellIn(form, errors)),
  })
  for (const form of forms) {
    form.dataset['live'] = ''
    form.addEventListener('input', ({ target }) => {
      const change = changeOf(form, target)
      isLanguageNew ||= 'locale' in change
      wear(change)
      sayPlace(target)
      saver.change(change)
    })
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      void saver.flush()
    })
  }
  const whole = [...page.querySelectorAll<HTMLFormElement>('form[data-sends-itself]')]
  const savers = [saver, ...whole.map((form) => saverOf(form, (state) => shown.show(state)))]
  const flush = (): void => savers.forEach((each) => void each.flush())
  addEventListener('online', flush)
  page.addEventListener('visibilitychange', () => page.hidden && flush())
  addEventListener('beforeunload', (event) => {
    if (savers.some(({ isAtRisk }) => isAtRisk)) event.preventDefault()
  })
}

async function send(change: Change): Promise<SaveAnswer> {
  const response = await fetch('/api/v1/me', {
    method: 'PATCH',
    headers: { accept: 'application/json', 'content-type': 'application/json', ...ownPage() },
    body: JSON.stringify(change),
    keepalive: true,
  })
  if (response.ok) return { status: response.status, errors: {} }
  const problem = (await response.json().catch(() => ({}))) as {
    detail?: string
    errors?: readonly { path: string; detail: string }[]
  }
  const errors = problem.errors ?? []
  return {
    status: response.status,
    errors: Object.fromEntries(
      errors.map(({ path, detail }) => [path.split('/')[1] ?? '', detail]),
    ),
  }
}

/** The field that was changed; of a list, all of its entries. */
function changeOf(form: HTMLFormElement, target: EventTarget | null): Change {
  const isField =
    target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  if (!isField || target.name === '') return {}
  if (!LISTS.has(target.name)) return { [target.name]: chosenIn(target) }
  const values = new FormData(form).getAll(target.name)
  return { [target.name]: values.map(String).filter((text) => text.trim() !== '') }
}

/** A slider stands for one of its steps, a switch for one of two values. */
function chosenIn(field: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement): unknown {
  const { steps, off } = field.dataset
  if (steps !== undefined) return steps.split(' ')[Number(field.value)]
  const isOff = field instanceof HTMLInputElement && field.type === 'checkbox' && !field.checked
  return isOff ? off : field.value
}

/** What a slider says of itself, at the place where it stands. */
function sayPlace(target: EventTarget | null): void {
  if (!(target instanceof HTMLInputElement) || target.dataset['said'] === undefined) return
  const said = JSON.parse(target.dataset['said']) as readonly string[]
  const words = said[Number(target.value)] ?? ''
  target.setAttribute('aria-valuetext', words)
  const line = document.querySelector(`#${target.id}-said`)
  if (line) line.textContent = words
}

/** How the page looks is seen at once, before it is saved. */
function wear({ flavour, theme, textSize, motion }: Change): void {
  const { dataset } = document.documentElement
  if (typeof flavour === 'string') dataset['flavour'] = flavour
  if (theme === 'system') delete dataset['theme']
  else if (typeof theme === 'string') dataset['theme'] = theme
  if (typeof textSize === 'string') dataset['text'] = textSize
  if (typeof motion === 'string') dataset['motion'] = motion
}

/** Puts each sentence under its field and takes away those that no longer hold. */
function tellIn(form: HTMLFormElement, errors: SaveAnswer['errors']): void {
  for (const field of form.querySelectorAll<HTMLElement>('.field')) {
    const control = field.querySelector<HTMLInputElement>('[name]')
    if (!control) continue
    const text = errors[control.name]
    field.classList.toggle('field-wrong', text !== undefined)
    control.setCustomValidity('')
    if (text === undefined) control.removeAttribute('aria-invalid')
    else control.setAttribute('aria-invalid', 'true')
    const id = `${control.id}-told`
    field.querySelector('.field-error')?.remove()
    if (text === undefined) continue
    const line = document.createElement('p')
    line.className = 'field-error'
    line.id = id
    line.textContent = text
    control.setAttribute('aria-errormessage', id)
    field.append(line)
  }
}
