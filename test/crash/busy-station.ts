import { writeSync } from 'node:fs'
import { buildTestStation } from '../support/station.ts'
import type { Visitor } from '../support/visitor.ts'

/**
 * A station on which three people register, write, publish and edit at the same time. After each
 * answer a line of JSON goes to the standard output: what it tells of has been acknowledged.
 *
 * `node busy-station.ts <data folder> <modules folder>`
 */
const [dataDir = '', modulesDir = ''] = process.argv.slice(2)

export type Acknowledged =
  | { readonly done: 'started' }
  | { readonly done: 'registered'; readonly username: string; readonly id: string }
  | { readonly done: 'created' | 'edited'; readonly id: string; readonly title: string }
  | { readonly done: 'published'; readonly id: string; readonly url: string }
  | { readonly done: 'all'; readonly writes: number }

function acknowledge(line: Acknowledged): void {
  writeSync(1, `${JSON.stringify(line)}\n`)
}

interface Post {
  readonly id: string
  readonly rev: number
  readonly url: string
}

async function live(person: Visitor, username: string): Promise<void> {
  await person.register(username)
  acknowledge({ done: 'registered', username, id: person.id })
  const title = `First words of ${username}`
  const content = { markdown: `Hello from ${username}.` }
  const made = await person.post('/api/v1/posts', { title, content, tags: ['first'] })
  const { id, rev } = made.json<Post & Record<string, unknown>>()
  acknowledge({ done: 'created', id, title })
  const out = await person.put(`/api/v1/posts/${id}/publication`, { baseRev: rev })
  const { url, rev: published } = out.json<Post & Record<string, unknown>>()
  acknowledge({ done: 'published', id, url })
  const next = `Second thoughts of ${username}`
  const edited = await person.patch(`/api/v1/posts/${id}`, { baseRev: published, title: next })
  if (edited.status !== 200) throw new Error(edited.text)
  acknowledge({ done: 'edited', id, title: next })
}

{
  await using t = await buildTestStation({ dialect: 'sqlite', dataDir, modulesDir })
  acknowledge({ done: 'started' })
  await Promise.all(['anna', 'boris', 'vera'].map((username) => live(t.stranger(), username)))
  await t.settle()
}
acknowledge({ done: 'all', writes: Number(Reflect.get(globalThis, 'quarkTestWrites')) })
