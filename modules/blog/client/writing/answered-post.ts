/** What a save is answered with. */
export type Saved = { readonly id: string; readonly rev: number; readonly slug: string }

/** The post as it is now. */
export type CurrentPost = Saved & { readonly title: string; readonly markdown: string }

export function readPost(body: unknown): Saved {
  const { id, rev, slug } = body as Saved
  return { id, rev, slug }
}

export function readCurrent(body: unknown): CurrentPost {
  const { title, content } = body as { title: string; content: { markdown: string } }
  return { ...readPost(body), title, markdown: content.markdown }
}

/** The station writes Markdown in its own manner, so texts are compared by their words. */
export function wordsOf({ title, markdown }: { title: string; markdown: string }): string {
  return (`${title}\n${markdown}`.match(/[\p{L}\p{N}]+/gu) ?? []).join(' ')
}
