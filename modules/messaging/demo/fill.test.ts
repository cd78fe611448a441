import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DIALECTS } from '../../../test/support/databases.ts'
import { ask, textsOf } from '../../../test/support/messenger.ts'
import { needs } from '../../../test/support/neighbour.ts'
import { buildTestStation, type TestStation } from '../../../test/support/station.ts'
import type { Visitor } from '../../../test/support/visitor.ts'
import { CHATS } from './chats.ts'

interface Listed {
  readonly id: string
  readonly title: string | null
  readonly pinnedSeqs: readonly number[]
  readonly me: { readonly unread: number; readonly mentions: number }
}

for (const dialect of DIALECTS) {
  test(
    `${dialect}: the demo talks: every line, answer and reaction is there, and the last are unread`,
    needs('user-management'),
    async () => {
      const lines: string[] = []
      await using t = await buildTestStation({ dialect, say: (line) => lines.push(line) })
      await t.station.loader.fillDemo(['user-management', 'messaging'])
      const anna = await signedIn(t, 'anna', lines)
      const { items } = await ask<{ items: Listed[] }>(anna, 'chats.list', {})
      const hers = CHATS.filter(({ owner, others }) => [owner, ...others].includes('anna'))
      assert.equal(items.length, hers.length)
      for (const chat of hers) {
        const listed = items.find(({ title }) => title === (chat.title ?? title))
        assert.ok(listed, chat.title ?? chat.owner)
      }
      const group = items.find(({ title }) => title === CHATS[0]?.title)
      assert.deepEqual([group?.me.unread, group?.pinnedSeqs.length], [3, 1])
      const texts = await textsOf(anna, group?.id ?? '')
      const said = [...(CHATS[0]?.lines ?? []), ...(CHATS[0]?.unread ?? [])]
      assert.equal(texts.filter((text) => text !== '').length, said.length)
      assert.deepEqual(t.warnings, [])
    },
  )
}

/** The password of the demo is said once, at its end. */
async function signedIn(t: TestStation, login: string, lines: readonly string[]): Promise<Visitor> {
  const [, password = ''] = /password: (\S+)/.exec(lines.join('\n')) ?? []
  const visitor = t.stranger()
  const answer = await visitor.post('/api/v1/auth/login', { login, password })
  assert.equal(answer.status, 200, answer.text)
  return visitor
}
