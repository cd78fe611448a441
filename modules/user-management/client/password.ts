import { type Level, strengthOf } from './strength.ts'

/**
 * Adds to a password field a button that shows what is typed and, where a password is chosen,
 * four bars and a sentence. Without it the field works as it stands.
 */
function enhance(root: HTMLElement): void {
  const input = root.querySelector('input')
  const box = root.querySelector('.field-box')
  if (!input || !box) return
  box.append(toggleFor(input, root.dataset))
  if (root.dataset['password'] === 'new') measure(input, box, root)
}

function toggleFor(input: HTMLInputElement, texts: DOMStringMap): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'button button-quiet button-m button-icon'
  const draw = (): void => {
    const hidden = input.type === 'password'
    button.setAttribute('aria-label', (hidden ? texts['show'] : texts['hide']) ?? '')
    button.replaceChildren(eye(hidden))
  }
  button.addEventListener('click', () => {
    input.type = input.type === 'password' ? 'text' : 'password'
    draw()
  })
  input.form?.addEventListener('submit', () => {
    input.type = 'password' // A browser offers to keep only what leaves as a password.
  })
  draw()
  return button
}

const SVG = 'http://www.w3.org/2000/svg'
const EYE =
  'M2.06 12.35a1 1 0 0 1 0-.7 10.75 10.75 0 0 1 19.88 0 1 1 0 0 1 0 .7 10.75 10.75 0 0 1-19.88 0'

function eye(open: boolean): SVGElement {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('class', 'icon')
  svg.setAttribute('aria-hidden', 'true')
  for (const d of [EYE, 'M12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6', open ? '' : 'M3 3l18 18']) {
    const path = document.createElementNS(SVG, 'path')
    path.setAttribute('d', d)
    svg.append(path)
  }
  return svg
}

function measure(input: HTMLInputElement, box: Element, root: HTMLElement): void {
  const bars = document.createElement('div')
  bars.className = 'strength'
  bars.setAttribute('aria-hidden', 'true')
  bars.append(...Array.from({ length: 4 }, () => document.createElement('span')))
  box.after(bars)
  const help = root.querySelector('.field-help')
  const advice = help?.textContent ?? ''
  help?.setAttribute('aria-live', 'polite')
  const minLength = Number(root.dataset['min'] ?? 8)
  input.addEventListener('input', () => {
    const level = strengthOf(input.value, minLength)
    bars.dataset['level'] = String(level)
    if (help) help.textContent = level === 0 ? advice : (root.dataset[WORDS[level]] ?? advice)
  })
}

const WORDS: Readonly<Record<Exclude<Level, 0>, string>> = {
  1: 'short',
  2: 'weak',
  3: 'good',
  4: 'strong',
}

for (const root of document.querySelectorAll<HTMLElement>('[data-password]')) enhance(root)
