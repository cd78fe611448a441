/**
 * Says under a field, in the page's own language, what it still lacks. Without it the browser says
 * so in a bubble, in its own.
 */
function enhance(form: HTMLFormElement): void {
  const made = form.querySelector<HTMLTemplateElement>('template[data-field-error]')
  if (!made) return
  let isFocused = false
  form.addEventListener(
    'invalid',
    (event) => {
      const { target } = event
      if (!(target instanceof HTMLInputElement)) return
      const text = lackOf(target)
      if (text === undefined) return
      event.preventDefault()
      tell(target, text, made)
      if (isFocused) return
      isFocused = true
      target.focus()
      setTimeout(() => (isFocused = false))
    },
    { capture: true },
  )
  form.addEventListener('input', ({ target }) => {
    if (target instanceof HTMLInputElement) untell(target)
  })
}

const LACKS = ['valueMissing', 'typeMismatch', 'tooShort'] as const

/** The sentence stands on what is nearest around the field. */
function lackOf(input: HTMLInputElement): string | undefined {
  const lack = LACKS.find((each) => input.validity[each])
  if (!lack) return undefined
  const attribute = `data-${lack.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
  return input.closest(`[${attribute}]`)?.getAttribute(attribute) ?? undefined
}

function boxOf(input: HTMLInputElement): HTMLElement | null {
  return input.closest<HTMLElement>('.consent, .field')
}

function tell(input: HTMLInputElement, text: string, made: HTMLTemplateElement): void {
  const box = boxOf(input)
  if (!box) return
  untell(input)
  box.classList.add(wrongClass(box))
  const error = made.content.cloneNode(true) as DocumentFragment
  const line = error.querySelector<HTMLElement>('.field-error')
  const words = line?.querySelector('span')
  if (!line || !words) return
  words.textContent = text
  line.id = `${input.id}-error`
  if (box.matches('.consent')) box.querySelector('.consent-text')?.append(line)
  else (box.querySelector('.strength') ?? box.querySelector('.field-box'))?.after(line)
  input.setAttribute('aria-invalid', 'true')
  input.setAttribute('aria-describedby', [line.id, ...described(input)].join(' '))
}

/** What is being mended is wrong no more; the station looks again when the form is sent. */
function untell(input: HTMLInputElement): void {
  const box = boxOf(input)
  box?.classList.remove(wrongClass(box))
  const lines = box?.querySelectorAll('.field-error') ?? []
  for (const line of lines) line.remove()
  input.removeAttribute('aria-invalid')
  const rest = described(input)
  if (rest.length === 0) input.removeAttribute('aria-describedby')
  else input.setAttribute('aria-describedby', rest.join(' '))
}

function described(input: HTMLInputElement): readonly string[] {
  const ids = (input.getAttribute('aria-describedby') ?? '').split(' ')
  return ids.filter((id) => id !== '' && !id.endsWith('-error'))
}

function wrongClass(box: HTMLElement): string {
  return box.matches('.consent') ? 'consent-wrong' : 'field-wrong'
}

for (const form of document.querySelectorAll<HTMLFormElement>('form.auth-form')) enhance(form)
