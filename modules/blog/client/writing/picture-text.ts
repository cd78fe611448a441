/** A picture as Markdown. What people write never ends the brackets or the line. */
export function pictureMarkdown({
  url,
  alt,
}: {
  readonly url: string
  readonly alt: string
}): string {
  const words = alt
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .replaceAll(/[\\[\]]/g, String.raw`\$&`)
  return `![${words}](${url})`
}

/** What to put in place of a selection, so that a block stands between empty lines. */
export function asBlock(text: string, start: number, end: number, block: string): string {
  const before = text.slice(0, start)
  const after = text.slice(end)
  const above =
    before === '' || before.endsWith('\n\n') ? '' : before.endsWith('\n') ? '\n' : '\n\n'
  const below = after.startsWith('\n\n') ? '' : after.startsWith('\n') ? '\n' : '\n\n'
  return `${above}${block}${below}`
}
