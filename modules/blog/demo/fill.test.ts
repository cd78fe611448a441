import assert from 'node:assert/strict'
import { test } from 'node:test'
import { needs } from '../../../test/support/neighbour.ts'
import { buildTestStation } from '../../../test/support/station.ts'
import { COMMENTS } from './comments.ts'
import { addressOf } from './post-text.ts'
import { POSTS } from './posts.ts'

test(
  'the demo is whole: every post, picture, link and conversation is there',
  needs('user-management'),
  async () => {
    await using t = await buildTestStation({ dialect: 'sqlite' })
    await t.station.loader.fillDemo(['user-management', 'blog'])
    const reader = t.stranger()
    const seen = new Set<string>()
    for (const post of POSTS) {
      const { status, text } = await reader.get(addressOf(post))
      assert.equal(status, 200, post.file)
      assert.equal(
        text.includes('id="comments"'),
        (COMMENTS[post.file] ?? []).length > 0,
        post.file,
      )
      assert.doesNotMatch(text, /picture-note/)
      for (const [, path = ''] of text.matchAll(/(?:href|src)="(\/(?:media|user)\/[^"#?]+)"/g))
        seen.add(path)
    }
    for (const path of seen) assert.equal((await reader.get(path)).status, 200, path)
    assert.deepEqual(t.warnings, [])
  },
)
