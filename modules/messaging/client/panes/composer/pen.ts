/** A text field as far as it is written in from outside. */
export interface Pen {
  readonly selectionStart: number
  readonly selectionEnd: number
  focus(): void
  setSelectionRange(from: number, to: number): void
  /** Writes as if it were typed. @returns false where nothing was written. */
  put(text: string): boolean
}

/** Changes the field only where the text differs, in the one way that browsers let a person undo. */
export function penOf(area: HTMLTextAreaElement): Pen {
  return {
    get selectionStart() {
      return area.selectionStart
    },
    get selectionEnd() {
      return area.selectionEnd
    },
    focus: () => area.focus(),
    setSelectionRange: (from, to) => area.setSelectionRange(from, to),
    put(text) {
      const { from, to, words } = difference(area.value, text)
      if (from === to && words === '') return false
      area.focus()
      area.setSelectionRange(from, to)
      return document.execCommand(words === '' ? 'delete' : 'insertText', false, words)
    },
  }
}

/** What has to be put between two places of a text so that it becomes another. */
export function difference(
  old: string,
  text: string,
): { readonly from: number; readonly to: number; readonly words: string } {
  const shorter = Math.min(old.length, text.length)
  let from = 0
  while (from < shorter && old[from] === text[from]) from++
  if (isLow(old, from) || isLow(text, from)) from--
  let end = 0
  while (end < shorter - from && old.at(-1 - end) === text.at(-1 - end)) end++
  if (isLow(text, text.length - end)) end--
  return { from, to: old.length - end, words: text.slice(from, text.length - end) }
}

/** The second half of a sign that is written in two: nothing is put between them. */
function isLow(text: string, at: number): boolean {
  return at > 0 && /[\uDC00-\uDFFF]/.test(text[at] ?? '')
}
