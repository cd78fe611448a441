import { type Answer, isAskable, wordsOf } from './naming/availability.ts'

const PAUSE_MS = 350

/** Says under the field whether the name is free, a moment after the last key. The server decides. */
function enhance(root: HTMLElement): void {
  const input = root.querySelector('input')
  const field = root.querySelector('.field')
  if (!input || !field) return
  const help = root.querySelector('.field-help') ?? field.appendChild(document.createElement('p'))
  help.classList.add('field-help')
  help.setAttribute('aria-live', 'polite')
  const advice = help.textContent
  let timer = 0
  input.addEventListener('input', () => {
    clearTimeout(timer)
    help.textContent = advice
    const name = input.value.trim()
    if (!isAskable(name)) return
    timer = window.setTimeout(() => void show(name), PAUSE_MS)
  })

  async function show(name: string): Promise<void> {
    const answer = await ask(name)
    if (!help || input?.value.trim() !== name) return
    help.textContent = answer ? wordsOf(answer, root.dataset) : advice
  }
}

/** undefined where the station does not say, for example because it was asked too often. */
async function ask(name: string): Promise<Answer | undefined> {
  const path = `/api/v1/auth/username/${encodeURIComponent(name)}`
  const answer = await fetch(path).catch(() => undefined)
  return answer?.ok ? ((await answer.json()) as Answer) : undefined
}

for (const root of document.querySelectorAll<HTMLElement>('[data-username]')) enhance(root)
