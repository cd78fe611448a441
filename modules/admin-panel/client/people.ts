/** Ticks in the table of people: how many there are, all at once, and a run of them with Shift. */
function follow(form: HTMLFormElement): void {
  const ticks = [...form.querySelectorAll<HTMLInputElement>('input[name="people"]')]
  const label = form.querySelector<HTMLElement>('[data-all]')
  const all = label?.querySelector('input')
  const told = form.querySelector<HTMLElement>('[data-chosen]')
  let last: HTMLInputElement | undefined

  const tell = (): void => {
    const count = ticks.filter(({ checked }) => checked).length
    if (told) told.textContent = `${told.dataset['chosen'] ?? ''} ${count}`
    if (!all) return
    all.checked = count > 0 && count === ticks.length
    all.indeterminate = count > 0 && count < ticks.length
  }

  for (const tick of ticks) {
    tick.addEventListener('click', (event) => {
      if (event.shiftKey && last) fill(ticks, last, tick)
      last = tick
    })
  }
  all?.addEventListener('change', () => {
    for (const tick of ticks) tick.checked = all.checked
  })
  form.addEventListener('change', tell)
  /* The ticks go only after the event. */
  form.addEventListener('reset', () => void setTimeout(tell))
  /* Whoever comes back finds the ticks as they left them. */
  addEventListener('pageshow', tell)
  if (label && ticks.length > 0) label.hidden = false
  tell()
}

/** Everything between two ticks becomes as the second one. */
function fill(
  ticks: readonly HTMLInputElement[],
  from: HTMLInputElement,
  to: HTMLInputElement,
): void {
  const [first = 0, end = 0] = [ticks.indexOf(from), ticks.indexOf(to)].toSorted((a, b) => a - b)
  for (const tick of ticks.slice(first, end + 1)) tick.checked = to.checked
}

for (const form of document.querySelectorAll<HTMLFormElement>('[data-selection]')) follow(form)
