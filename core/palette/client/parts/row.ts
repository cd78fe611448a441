/** A row of the list; everything is set as text. */
export function link(href: string, ...parts: readonly Node[]): HTMLAnchorElement {
  const row = document.createElement('a')
  row.className = 'palette-row'
  row.href = href
  row.append(...parts)
  return row
}

export function span(look: string, text = ''): HTMLSpanElement {
  const made = document.createElement('span')
  made.className = look
  made.textContent = text
  return made
}

/** Rows under a name; without one they stand at the end. */
export function group(rows: readonly HTMLElement[], title?: string): HTMLElement {
  const made = document.createElement('section')
  made.className = 'palette-group'
  if (title !== undefined) {
    const head = document.createElement('h2')
    head.textContent = title
    made.append(head)
  }
  made.append(...rows)
  return made
}

/** What a finger presses for the actions of a row; keys have Tab for it. */
export function more(): HTMLElement {
  const made = span('palette-more', '⋯')
  made.ariaHidden = 'true'
  return made
}

export function nameIn(row: Element): string {
  return row.querySelector('.palette-name')?.textContent ?? ''
}
