/** Something of the source that did not make it into the document as it was meant. */
export interface Dropped {
  what: 'element' | 'attribute' | 'link' | 'picture' | 'embed' | 'text' | 'language'
  /** The name of the element or attribute, or the address; at most 200 characters. */
  detail: string
}

/** A report is for people; a hostile source must not make it endless. */
const MAX_NOTES = 500

export function note(dropped: Dropped[], what: Dropped['what'], detail: string): void {
  if (dropped.length >= MAX_NOTES) return
  const short = detail.length > 200 ? `${detail.slice(0, 199)}…` : detail
  if (dropped.some((known) => known.what === what && known.detail === short)) return
  dropped.push({ what, detail: short })
}
