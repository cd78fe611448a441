import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { DIALECTS } from '../../test/support/databases.ts'
import { ask, groupOf, openWith, send } from '../../test/support/messenger.ts'
import { needs } from '../../test/support/neighbour.ts'
import { SEARCH_LIMIT } from './schema.ts'
import { buildTestStation, type TestStation } from '../../test/support/station.ts'
import type { Visitor } from '../../test/support/visitor.ts'

interface Found {
  readonly items: readonly Readonly<Record<'type' | 'title' | 'text' | 'by' | 'url', string>>[]
  readonly nextCursor: string | null
}

async function find(who: Visitor, q: string, more = ''): Promise<Found> {
  const answer = await who.get(`/api/v1/search?q=${encodeURIComponent(q)}${more}`)
  assert.equal(answer.status, 200, answer.text)
  return answer.json<Found & Record<string, unknown>>()
}

async function titles(who: Visitor, q: string, type = 'posts'): Promise<readonly string[]> {
  return (await find(who, q, `&type=${type}`)).items.map(({ title }) => title)
}

async function people(who: Visitor, q: string): Promise<readonly string[]> {
  return (await find(who, q, '&type=users')).items.map(({ title, text }) => `${title}: ${text}`)
}

async function write(who: Visitor, post: Readonly<Record<string, unknown>>): Promise<string> {
  const answer = await who.post('/api/v1/posts', { status: 'published', ...post })
  assert.equal(answer.status, 201, answer.text)
  return answer.json<{ id: string }>().id
}

const words = (markdown: string) => ({ content: { markdown } })

async function withPosts(t: TestStation): Promise<{ anna: Visitor; ids: readonly string[] }> {
  const anna = await t.person('anna')
  const ids = [
    await write(anna, { title: 'Зимнее озеро', ...words('Ёлки стоят у воды.') }),
    await write(anna, { title: 'Running to the cities', ...words('All trains were late.') }),
    await write(anna, { title: 'Хлеб', ...words('Рядом с озером пекут хлеб.') }),
  ]
  await t.settle()
  return { anna, ids }
}

async function minute(t: TestStation): Promise<void> {
  t.clock.advance({ minutes: 1 })
  await t.station.scheduler.tick()
}

for (const dialect of DIALECTS) {
  suite(`search on ${dialect}`, { ...needs('user-management'), ...needs('blog') }, () => {
    test('finds forms and beginnings of words, ё as е, and the other keyboard', async () => {
      await using t = await buildTestStation({ dialect })
      await withPosts(t)
      const who = t.stranger()
      assert.deepEqual(await titles(who, 'озёра'), ['Зимнее озеро', 'Хлеб'])
      assert.deepEqual(await titles(who, 'елка'), ['Зимнее озеро'])
      assert.deepEqual(await titles(who, 'хлебом озера'), ['Хлеб'])
      assert.deepEqual(await titles(who, 'зимн'), ['Зимнее озеро'])
      assert.deepEqual(await titles(who, 'jpthj'), ['Зимнее озеро', 'Хлеб'])
      assert.deepEqual(await titles(who, 'train city'), ['Running to the cities'])
      assert.deepEqual(await titles(who, 'озеро поезд'), [])
      assert.deepEqual(await titles(who, '%_*"():'), [])
    })

    test('reads anew what was kept by other stems, and finds words while they are typed', async () => {
      await using t = await buildTestStation({ dialect })
      const anna = await t.person('anna')
      await anna.patch('/api/v1/me', { displayName: 'Анна Кравец' })
      await write(anna, { title: 'Остров', ...words('Пять булок.') })
      await t.settle()
      await minute(t)
      const { database } = t.station
      await database.transaction(async (tx) => {
        await tx.session.run(`update search_words set stem = 'остр' where stem = 'остров'`)
        await tx.session.run(`delete from search_words where stem in ('булк', 'кравц')`)
      })
      const found = async (): Promise<unknown> =>
        Promise.all([
          titles(anna, 'острова'),
          titles(anna, 'булка'),
          titles(anna, 'кравцу', 'users'),
        ])
      await minute(t)
      assert.deepEqual(await found(), [[], [], []])
      await database.transaction(async (tx) => {
        await tx.session.run(`update search_renewal set stems = 1`)
      })
      await minute(t)
      const all = [['Остров'], ['Остров'], ['Анна Кравец']]
      assert.deepEqual(await found(), all)
      await minute(t)
      assert.deepEqual(await found(), all)
      for (const q of ['к', 'краве', 'кравец']) {
        assert.deepEqual(await titles(t.stranger(), q, 'users'), ['Анна Кравец'], q)
      }
    })

    test('finds people by their names, at once under the new one', async () => {
      await using t = await buildTestStation({ dialect })
      const anna = await t.person('anna')
      await anna.patch('/api/v1/me', { displayName: 'Анна Ёлкина' })
      await t.settle()
      const who = t.stranger()
      for (const q of ['ан', 'елкиной', 'ANNA', 'fyyf'])
        assert.deepEqual(await titles(who, q, 'users'), ['Анна Ёлкина'], q)
      await anna.patch('/api/v1/me', { displayName: 'Вера' })
      await t.settle()
      assert.deepEqual(await titles(who, 'елкина', 'users'), [])
      assert.deepEqual(await titles(who, 'вера', 'users'), ['Вера'])
    })

    test(
      'finds tags of what stands in lists, not of whom one has blocked',
      needs('relations'),
      async () => {
        await using t = await buildTestStation({ dialect })
        const [anna, bob] = [await t.person('anna'), await t.person('bob')]
        await write(anna, { title: 'Первый', ...words('Вода.'), tags: ['Ёлки и озёра'] })
        await write(bob, { title: 'Второй', ...words('Вода.'), tags: ['ёлки и озёра', 'Город'] })
        await write(bob, { title: 'Третий', ...words('Вода.'), tags: ['Елец'], status: 'draft' })
        await t.settle()
        const found = (await find(t.stranger(), 'jpth', '&type=tags')).items
        assert.deepEqual(found.map(({ by }) => by).toSorted(), ['anna', 'bob'])
        for (const { url } of found) assert.equal((await t.stranger().get(url)).status, 200)
        assert.deepEqual(await titles(anna, 'ел', 'tags'), ['Ёлки и озёра', 'ёлки и озёра'])
        await anna.put('/api/v1/users/bob/block', {})
        assert.deepEqual(await titles(anna, 'ел', 'tags'), ['Ёлки и озёра'])
        assert.deepEqual(await titles(bob, 'город', 'tags'), ['Город'])
      },
    )

    test('tells nobody of what they may not see', async () => {
      await using t = await buildTestStation({ dialect })
      const { anna, ids } = await withPosts(t)
      const bob = await t.person('bob')
      const hidden = [
        { status: 'draft' },
        { visibility: 'unlisted' },
        { visibility: 'private' },
        { password: 'between us two' },
      ]
      for (const [index, how] of hidden.entries()) {
        await write(anna, { title: `Секрет ${index}`, ...words('Тайное озеро.'), ...how })
      }
      await t.settle()
      for (const who of [t.stranger(), bob, anna]) {
        assert.deepEqual(await titles(who, 'тайный'), [])
        assert.equal((await titles(who, 'озеро')).length, 2)
      }
      /* Taken back a moment ago: the index may not know it yet, the blog does. */
      const [first = ''] = ids
      await anna.delete(`/api/v1/posts/${first}/publication`, { baseRev: 1 })
      assert.deepEqual(await titles(bob, 'зимнее'), [])
      assert.deepEqual(await titles(anna, 'секрет', 'own'), [
        'Секрет 3',
        'Секрет 2',
        'Секрет 1',
        'Секрет 0',
      ])
      for (const who of [t.stranger(), bob])
        assert.deepEqual(await titles(who, 'секрет', 'own'), [])
    })

    test(
      'keeps closed pages from strangers, and those apart who are blocked',
      needs('relations'),
      async () => {
        await using t = await buildTestStation({ dialect })
        const { anna } = await withPosts(t)
        const bob = await t.person('bob')
        const carol = await t.person('carol')
        await anna.patch('/api/v1/me', { pageFor: 'members' })
        await t.settle()
        assert.deepEqual(await titles(t.stranger(), 'anna', 'users'), [])
        assert.deepEqual(await titles(bob, 'anna', 'users'), ['anna'])
        assert.equal((await bob.put('/api/v1/users/anna/block', {})).status, 200)
        for (const [one, other] of [
          [bob, 'anna'],
          [anna, 'bob'],
        ] as const) {
          assert.deepEqual(await titles(one, other, 'users'), [])
        }
        assert.deepEqual(await titles(bob, 'хлеб'), [])
        assert.deepEqual(await titles(carol, 'хлеб'), ['Хлеб'])
        await t.station.database.transaction((tx) =>
          tx.session.run(`update identities set status = 'blocked' where username = 'anna'`),
        )
        assert.deepEqual(await titles(carol, 'anna', 'users'), [])
        assert.deepEqual(await titles(carol, 'хлеб'), [])
      },
    )

    test('tells strangers nothing of who has withdrawn from the public, and members the name', async () => {
      await using t = await buildTestStation({ dialect })
      const { anna } = await withPosts(t)
      const bob = await t.person('bob')
      await anna.patch('/api/v1/me', { bio: 'Lives by the water.' })
      await t.settle()
      const say = (action: string) =>
        anna.submit('/settings/consents', { document: 'publishing', action })
      const whole = ['anna: Lives by the water.']
      for (const who of [t.stranger(), bob, anna])
        assert.deepEqual(await people(who, 'anna'), whole)
      await say('withdraw')
      await t.settle()
      assert.deepEqual(await people(t.stranger(), 'anna'), [])
      assert.deepEqual(await people(bob, 'anna'), ['anna: '])
      assert.deepEqual(await people(anna, 'anna'), whole)
      await say('give')
      assert.deepEqual(await people(t.stranger(), 'anna'), whole)
    })

    test('forgets what is deleted, and whom the station has forgotten', async () => {
      await using t = await buildTestStation({ dialect })
      const { anna, ids } = await withPosts(t)
      const left = async (): Promise<number> =>
        Number(
          (await t.station.database.reader.all('select count(*) as n from search_words'))[0]?.['n'],
        )
      const before = await left()
      await anna.delete(`/api/v1/posts/${ids[1]}`)
      await t.settle()
      assert.ok((await left()) < before)
      assert.deepEqual(await titles(anna, 'train'), [])
      await t.station.privacy.erasures.eraseNow(anna.id, 'delete', 'asked for')
      await t.settle()
      assert.equal(await left(), 0)
    })

    test('makes its words anew from the beginning of the log', async () => {
      await using t = await buildTestStation({ dialect })
      const { anna } = await withPosts(t)
      await t.station.database.transaction((tx) => tx.session.run('delete from search_words'))
      assert.deepEqual(await titles(anna, 'озеро'), [])
      for (const type of ['post.published', 'user.created']) {
        await t.station.bus.replay(`search/${type}`, 0)
      }
      await t.settle()
      assert.deepEqual(await titles(anna, 'озеро'), ['Зимнее озеро', 'Хлеб'])
      assert.deepEqual(await titles(anna, 'anna', 'users'), ['anna'])
    })

    test('answers a few of each where no kind is asked for', async () => {
      await using t = await buildTestStation({ dialect })
      const bereg = await t.person('bereg')
      for (let n = 0; n < 12; n++) {
        await write(bereg, { title: `Bereg ${n}`, ...words('Вода.'), tags: ['bereg'] })
      }
      await t.settle()
      const { items, nextCursor } = await find(t.stranger(), 'bereg')
      const byType = Map.groupBy(items, ({ type }) => type)
      assert.deepEqual([...byType.keys()].toSorted(), ['posts', 'tags', 'users'])
      assert.ok((byType.get('posts')?.length ?? 0) < 12)
      assert.equal(nextCursor, null)
    })

    test(
      'finds chats and what is said in them for who is in them, and for nobody else',
      needs('messaging'),
      async () => {
        await using t = await buildTestStation({ dialect })
        const [anna, bob] = [await t.person('anna'), await t.person('bob')]
        const carol = await t.person('carol')
        const { id: dear } = await openWith(anna, 'bob')
        const { id: group } = await groupOf(anna, bob, carol)
        const hidden = { entities: [{ type: 'spoiler', offset: 8, length: 8 }] }
        await send(anna, dear, 'Пароль: черепаха, а ёлка в субботу', hidden)
        await send(bob, dear, 'Ёлки уже стоят')
        await send(carol, group, 'Ёлку везут в субботу')
        const said = async (who: Visitor, q: string, more = ''): Promise<readonly string[]> =>
          (await find(who, q, `&type=messages${more}`)).items.map(({ text }) => text)

        const covered = 'Пароль: ▒▒▒▒▒▒▒▒, а ёлка в субботу'
        for (const who of [anna, bob]) {
          assert.deepEqual(await said(who, 'елками'), [
            'Ёлку везут в субботу',
            'Ёлки уже стоят',
            covered,
          ])
        }
        assert.deepEqual(await said(carol, 'ёлка'), ['Ёлку везут в субботу'])
        assert.deepEqual(await said(t.stranger(), 'ёлка'), [])
        const [first] = (await find(bob, 'пароль', '&type=messages')).items
        assert.deepEqual(
          [first?.title, first?.by, first?.url],
          ['anna', 'anna', `/chats/${dear}?message=1`],
        )
        const { nextCursor } = await find(bob, 'ёлка', '&type=messages&limit=2')
        assert.deepEqual(
          await said(bob, 'ёлка', `&limit=2&cursor=${encodeURIComponent(nextCursor ?? '')}`),
          [covered],
        )
        assert.deepEqual(await titles(bob, 'gro', 'chats'), ['Group'])
        assert.deepEqual(await titles(carol, 'ann', 'chats,messages'), [])

        await ask(carol, 'chats.leave', { chat: group })
        assert.deepEqual(await said(carol, 'ёлка'), [])
        assert.deepEqual(await titles(carol, 'gro', 'chats'), [])
        const page = await bob.get(`/search?q=${encodeURIComponent('субботу')}&type=messages`)
        assert.match(page.text, new RegExp(`href="/chats/${group}\\?message=\\d+"`))
        assert.match(page.text, /<mark>субботу<\/mark>/)
        const open = await t.stranger().get('/search?q=a')
        assert.doesNotMatch(open.text, /type=messages/)
        const question = { userId: bob.id, locale: 'ru', q: 'ёлка', limit: 5 }
        for (const call of ['messaging.messages', 'messaging.chats']) {
          await assert.rejects(t.station.calls.call(call, question, 'modules'), {
            code: 'QL_CALL_UNAVAILABLE',
          })
        }
      },
    )

    test('goes on where a page has ended, and holds to its limit', async () => {
      await using t = await buildTestStation({ dialect, config: { rateLimits: true } })
      const anna = await t.person('anna')
      for (let n = 0; n < 5; n++) await write(anna, { title: `Берег ${n}`, ...words('Вода.') })
      await t.settle()
      const seen: string[] = []
      for (let cursor = ''; ;) {
        const part = await find(anna, 'берега', `&type=posts&limit=2${cursor}`)
        seen.push(...part.items.map(({ title }) => title))
        if (part.nextCursor === null) break
        cursor = `&cursor=${part.nextCursor}`
      }
      assert.deepEqual(
        seen,
        [4, 3, 2, 1, 0].map((n) => `Берег ${n}`),
      )
      const all = await Promise.all(
        Array.from({ length: SEARCH_LIMIT.max + 20 }, () => t.stranger().get('/api/v1/search?q=a')),
      )
      assert.ok(all.some(({ status }) => status === 429))
      assert.ok(all.every(({ status }) => status === 200 || status === 429))
    })

    test('is a page that works without scripts and shows what was typed as text', async () => {
      await using t = await buildTestStation({ dialect })
      await withPosts(t)
      const page = await t.stranger().get('/search?q=%D0%BE%D0%B7%D0%B5%D1%80%D0%B0')
      assert.match(page.text, /<mark>озеро<\/mark>/)
      assert.match(page.text, /href="\/user\/anna\/blog\/[^"]+"/)
      const odd = await t
        .stranger()
        .get(`/search?q=${encodeURIComponent('"><script>alert(1)</script>')}`)
      assert.doesNotMatch(odd.text, /<script>alert/)
      assert.deepEqual((await find(t.stranger(), '')).items, [])
      for (const type of ['letters', 'posts,', 'posts,letters']) {
        assert.equal((await t.stranger().get(`/api/v1/search?q=a&type=${type}`)).status, 422)
      }
      assert.equal((await t.stranger().get('/api/v1/search?q=a&cursor=x')).status, 200)
    })
  })
}
