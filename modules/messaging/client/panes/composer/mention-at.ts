/** The beginning of a mention that the caret stands behind. */
export function mentionAt(
  text: string,
  caret: number,
): { readonly at: number; readonly query: string } | undefined {
  const found = /(?:^|\s)@([\p{L}\p{N}_.-]{0,32})$/u.exec(text.slice(0, caret))
  if (!found) return undefined
  const query = found[1] ?? ''
  return { at: caret - query.length - 1, query }
}
