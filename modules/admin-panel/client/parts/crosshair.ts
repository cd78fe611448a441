const followed = new WeakSet<Element>()

/** Shows the values under the pointer, read from the table that stands below the chart. */
export function followPointer(): void {
  for (const chart of document.querySelectorAll('[data-chart]')) {
    if (followed.has(chart)) continue
    followed.add(chart)
    const plot = chart.querySelector<HTMLElement>('[data-plot]')
    if (plot) follow(chart, plot)
  }
}

function follow(chart: Element, plot: HTMLElement): void {
  const rows = [...chart.querySelectorAll('tbody tr')]
  const labels = [...chart.querySelectorAll('[data-reading] > span')].map(textOf)
  const line = part('crosshair')
  const card = part('crosshair-card')
  plot.append(line, card)
  plot.addEventListener('pointermove', (event) => {
    const { left, width } = plot.getBoundingClientRect()
    const share = Math.min(1, Math.max(0, (event.clientX - left) / width))
    const row = rows[Math.round(share * (rows.length - 1))]
    if (!row) return
    const [moment = '', ...values] = [...row.children].map(textOf)
    const lines = values.map((value, index) => `${labels[index] ?? ''} ${value}`)
    card.replaceChildren(paragraph(moment), ...lines.map(paragraph))
    line.style.insetInlineStart = `${share * 100}%`
    card.style.insetInlineStart = `${share * 100}%`
    card.classList.toggle('is-left', share > 0.6)
    plot.classList.add('is-read')
  })
  plot.addEventListener('pointerleave', () => plot.classList.remove('is-read'))
}

function part(name: string): HTMLElement {
  const made = document.createElement('div')
  made.className = name
  made.ariaHidden = 'true'
  return made
}

function paragraph(text: string): HTMLElement {
  const made = document.createElement('p')
  made.textContent = text
  return made
}

function textOf({ textContent }: Element): string {
  return textContent ?? ''
}
