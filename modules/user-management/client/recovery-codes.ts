/** Adds buttons that copy and print the codes of the page. */
const actions = document.querySelector<HTMLElement>('[data-codes]')
const codes = [...document.querySelectorAll('.recovery-slip code')].map((code) => code.textContent)

if (actions) {
  const { copy = '', copied = '', print = '' } = actions.dataset
  const copying = button(copy, async () => {
    await navigator.clipboard.writeText(codes.join('\n'))
    copying.textContent = copied
  })
  actions.append(
    copying,
    button(print, () => window.print()),
  )
}

function button(text: string, act: () => unknown): HTMLButtonElement {
  const made = document.createElement('button')
  made.type = 'button'
  made.className = 'button button-line button-m'
  made.textContent = text
  made.addEventListener('click', () => void act())
  return made
}
