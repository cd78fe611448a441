import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DIALECTS } from '../../../test/support/databases.ts'
import { buildTestStation, type TestStation } from '../../../test/support/station.ts'
import type { Visitor } from '../../../test/support/visitor.ts'
import type { PostDto } from '../schema.ts'

const API = '/api/v1/posts'
const STARTS_AT = new Date('2026-03-10T10:00:00.000Z')

async function begin(by: Visitor, status = 'draft'): Promise<PostDto> {
  const answer = await by.post(API, { title: 'Озеро', content: { markdown: 'Текст 1' }, status })
  assert.equal(answer.status, 201, answer.text)
  return answer.json<PostDto>()
}

async function change(by: Visitor, { id }: PostDto, baseRev: number): Promise<number> {
  const content = { markdown: `Текст ${baseRev + 1}` }
  const answer = await by.patch(`${API}/${id}`, { baseRev, content })
  assert.equal(answer.status, 200, answer.text)
  return answer.json<PostDto>().rev
}

/** Changes the post every 20 minutes until it has so many revisions. */
async function typeOn(
  t: TestStation,
  by: Visitor,
  post: PostDto,
  revisions: number,
): Promise<void> {
  for (let rev = post.rev; rev < revisions;) {
    t.clock.advance({ minutes: 20 })
    rev = await change(by, post, rev)
  }
}

async function night(t: TestStation): Promise<void> {
  t.clock.advance({ hours: 24 })
  await t.station.scheduler.tick()
}

async function revisionsOf({ station }: TestStation, { id }: PostDto): Promise<number[]> {
  const sql = 'select rev from blog_revisions where post_id = ? order by rev'
  const rows = await station.database.reader.all(sql, [id])
  return rows.map(({ rev }) => Number(rev))
}

for (const dialect of DIALECTS) {
  test(`a day later the last revision of each hour stays, a month later of each day (${dialect})`, async () => {
    await using t = await buildTestStation({ dialect, startsAt: STARTS_AT })
    const anna = await t.person('anna')
    const post = await begin(anna)
    /* 10:00, 10:20, 10:40, 11:00 … 13:00 of 10 March, then one of the next day. */
    await typeOn(t, anna, post, 10)
    t.clock.advance({ hours: 20 })
    await change(anna, post, 10)
    await t.station.scheduler.tick()
    assert.equal((await revisionsOf(t, post)).length, 11)

    await night(t)
    assert.deepEqual(await revisionsOf(t, post), [3, 6, 9, 10, 11])
    await night(t)
    assert.deepEqual(await revisionsOf(t, post), [3, 6, 9, 10, 11])

    const shown = await anna.get(`${API}/${post.id}?format=markdown`)
    assert.equal(shown.json<PostDto>().content?.markdown, 'Текст 11\n')

    t.clock.advance({ hours: 31 * 24 })
    await t.station.scheduler.tick()
    assert.deepEqual(await revisionsOf(t, post), [10, 11])
  })

  test(`what readers could see and what stands now are kept for ever (${dialect})`, async () => {
    await using t = await buildTestStation({ dialect, startsAt: STARTS_AT })
    const anna = await t.person('anna')
    const out = await begin(anna, 'published')
    const draft = await begin(anna)
    let rev = 1
    for (const _ of [2, 3]) rev = await change(anna, out, rev)
    const back = await anna.delete(`${API}/${out.id}/publication?baseRev=3`)
    assert.equal(back.status, 200)
    for (const _ of [4, 5, 6]) rev = await change(anna, out, rev)
    const publication = `${API}/${out.id}/publication`
    assert.equal((await anna.put(publication, { baseRev: 6 })).status, 200)
    assert.equal((await anna.delete(`${publication}?baseRev=6`)).status, 200)
    for (const _ of [7, 8]) rev = await change(anna, out, rev)
    await change(anna, draft, 1)
    await night(t)
    t.clock.advance({ hours: 40 * 24 })
    await t.station.scheduler.tick()
    assert.deepEqual(await revisionsOf(t, out), [1, 2, 3, 6, 8])
    assert.deepEqual(await revisionsOf(t, draft), [2])
  })

  test(`a change made on a revision that is gone is a conflict (${dialect})`, async () => {
    await using t = await buildTestStation({ dialect, startsAt: STARTS_AT })
    const anna = await t.person('anna')
    const post = await begin(anna)
    await typeOn(t, anna, post, 3)
    await night(t)
    await night(t)
    assert.deepEqual(await revisionsOf(t, post), [3])
    const late = await anna.patch(`${API}/${post.id}`, { baseRev: 1, title: 'Лес' })
    assert.equal(late.status, 409, late.text)
    assert.equal((await anna.get(`${API}/${post.id}`)).json<PostDto>().title, 'Озеро')
    const { items } = (await anna.get(`${API}/${post.id}/revisions`)).json<{ items: unknown[] }>()
    assert.equal(items.length, 1)
  })
}
