/** Puts the link into the clipboard; where that is forbidden it is selected, to be copied by hand. */
async function copy(line: Element, field: HTMLInputElement): Promise<void> {
  const told = line.querySelector<HTMLElement>('[data-copied]')
  field.select()
  await navigator.clipboard.writeText(field.value)
  if (told) told.textContent = told.dataset['copied'] ?? ''
}

for (const line of document.querySelectorAll('[data-copy]')) {
  const field = line.querySelector('input')
  const button = line.querySelector('button')
  if (!field || !button) continue
  button.addEventListener('click', () => {
    copy(line, field).catch(() => {
      /* It stays selected. */
    })
  })
  line.classList.add('is-ready')
}
