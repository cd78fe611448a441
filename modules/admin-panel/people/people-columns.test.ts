import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { DIALECTS } from '../../../test/support/databases.ts'
import { needs } from '../../../test/support/neighbour.ts'
import { staff } from '../../../test/support/staff.ts'
import { buildTestStation, type TestStation } from '../../../test/support/station.ts'
import { passwordOf, type Visitor } from '../../../test/support/visitor.ts'

const PEOPLE = '/admin/people'
const COLUMNS = `${PEOPLE}/columns`

const people = needs('user-management')

type Counts = Readonly<Record<string, number>>

/** A module that counts boats. @returns what to call when it goes. */
function countBoats(t: TestStation, count: (ids: readonly string[]) => Promise<Counts>) {
  return t.station.calls.provide('counted.boats', {
    owner: 'harbour',
    input: { type: 'object' },
    output: { type: 'object' },
    answer: async (question) => ({
      label: { en: 'Boats', ru: 'Лодки' },
      order: 1_000,
      counts: await count((question as { ids: string[] }).ids),
    }),
  })
}

/** The heads of the table that name a column of numbers or a fact. */
async function heads(who: Visitor): Promise<string[]> {
  const { text } = await who.get(PEOPLE)
  const [, head = ''] = /<thead>(.*?)<\/thead>/s.exec(text) ?? []
  return [...head.matchAll(/<th[^>]*>(.*?)<\/th>/gs)].map(([, cell = '']) =>
    cell.replaceAll(/<[^>]*>/g, '').trim(),
  )
}

for (const dialect of DIALECTS) {
  suite(`columns of the table of people on ${dialect}`, () => {
    test('a module adds a column while it is there, in the table, the API and the sheet', async () => {
      await using t = await buildTestStation({ dialect })
      const ada = await staff(t, 'ada', 'admin')
      const alice = await t.person('alice')
      const asked: number[] = []
      const leave = countBoats(t, async (ids) => {
        asked.push(ids.length)
        return ids.includes(alice.id) ? { [alice.id]: 1_204 } : {}
      })
      assert.ok((await heads(ada)).includes('Boats'))
      const page = await ada.get(`${PEOPLE}?q=alice`)
      assert.match(page.text, /<span class="people-label">Boats<\/span>1,204</)
      const list = await ada.get('/api/v1/admin/users')
      const { items } = list.json<{ items: { username: string; counts: Counts }[] }>()
      const boats = items.map(({ username, counts }) => [username, counts['boats']])
      assert.deepEqual(Object.fromEntries(boats), { ada: 0, alice: 1_204 })
      const sheet = await ada.post('/api/v1/admin/users/export', {})
      const ends = sheet.text
        .trimEnd()
        .split('\r\n')
        .map((row) => row.split(',').at(-1) ?? '')
      assert.deepEqual(ends.toSorted(), ['"Boats"', '0', '1204'])
      assert.ok(Math.max(...asked) <= 100)
      leave()
      assert.ok(!(await heads(ada)).includes('Boats'))
    })

    test('whoever fails to count is a column less, and the page stays', async () => {
      await using t = await buildTestStation({ dialect })
      const ada = await staff(t, 'ada', 'admin')
      countBoats(t, async () => {
        throw new Error('aground')
      })
      assert.ok(!(await heads(ada)).includes('Boats'))
      assert.match(t.warnings.join(), /counted\.boats|stays away/)
    })

    test(
      'each administrator puts columns away for themselves, wherever they sign in',
      people,
      async () => {
        await using t = await buildTestStation({ dialect })
        const [ada, abel] = [await staff(t, 'ada', 'admin'), await staff(t, 'abel', 'admin')]
        const leave = countBoats(t, async () => ({}))
        const all = await heads(ada)
        const shown = ['role', 'seen', 'counted.nothing', 'counted.boats']
        const answer = await ada.submit(COLUMNS, { shown, from: '?role=admin&sort=name' })
        assert.equal(answer.headers['location'], '/admin/people?role=admin&sort=name')
        assert.deepEqual(await heads(ada), ['Person', 'Role', 'Boats', 'Seen'])
        assert.deepEqual(await heads(abel), all)
        await ada.submit(COLUMNS, { shown: 'role' })
        leave()
        await ada.submit(COLUMNS, { shown: ['role', 'seen'] })
        countBoats(t, async () => ({}))
        assert.deepEqual(await heads(ada), ['Person', 'Role', 'Seen'], 'the choice stays')
        const elsewhere = t.stranger()
        const login = { login: 'ada', password: passwordOf('ada') }
        assert.equal((await elsewhere.post('/api/v1/auth/login', login)).status, 200)
        assert.deepEqual(await heads(elsewhere), ['Person', 'Role', 'Seen'])
        await ada.submit(COLUMNS, {})
        assert.deepEqual(await heads(ada), ['Person'])
        const member = await t.person('alice')
        assert.equal((await member.submit(COLUMNS, { shown: 'role' })).status, 404)
      },
    )
  })
}
