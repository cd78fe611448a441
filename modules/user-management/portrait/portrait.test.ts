import assert from 'node:assert/strict'
import { join } from 'node:path'
import sharp from 'sharp'
import { suite, test } from 'node:test'
import { DIALECTS } from '../../../test/support/databases.ts'
import { bomb, filesBelow, photo, pictureOf } from '../../../test/support/pictures.ts'
import { buildTestStation, type TestStation } from '../../../test/support/station.ts'
import type { Answer, UploadForm, Visitor } from '../../../test/support/visitor.ts'

interface Me extends Record<string, unknown> {
  readonly avatarUrl: string | null
  readonly coverUrl: string | null
}

function putAvatar(person: Visitor, upload: UploadForm): Promise<Answer> {
  return person.upload('/api/v1/me/avatar', upload, 'PUT')
}

/** The colour in the middle of a picture, as its strongest part. */
async function middle(bytes: Buffer): Promise<'red' | 'green' | 'blue'> {
  const { data } = await sharp(bytes)
    .resize(3, 3)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const [red = 0, green = 0, blue = 0] = data.subarray(12, 15)
  if (red > green && red > blue) return 'red'
  return blue > green ? 'blue' : 'green'
}

async function addresses(t: TestStation): Promise<readonly string[]> {
  const rows = await t.station.database.reader.all('select media_id, name from media_variants')
  return rows.map((row) => `/media/${String(row['media_id'])}/${String(row['name'])}`)
}

for (const dialect of DIALECTS) {
  suite(`portraits on ${dialect}`, () => {
    test('a photo becomes a portrait everywhere, and tells nothing but what it shows', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const answer = await putAvatar(alice, { bytes: await photo({ width: 4032, height: 3024 }) })
      assert.equal(answer.status, 200, answer.text)
      const { avatarUrl } = answer.json<Me>()
      assert.match(avatarUrl ?? '', /^\/media\/[0-9a-f-]{36}$/)
      await t.settle()
      const stranger = t.stranger()
      const known = (await stranger.get('/api/v1/users/alice')).json<Me>()
      assert.equal(known.avatarUrl, avatarUrl)
      const page = (await stranger.get('/user/alice')).text
      assert.ok(page.includes(`${avatarUrl}/w288`), 'the page shows it')
      assert.ok(
        (await alice.get('/settings')).text.includes(`${avatarUrl}/w96`),
        'and so does the rail',
      )
      const told = t.events.findLast(({ type }) => type === 'user.updated')
      assert.equal((told?.data as Me | undefined)?.avatarUrl, avatarUrl)
      const all = [avatarUrl ?? '', ...(await addresses(t))]
      assert.equal(all.length, 4)
      for (const address of all) {
        const { bytes } = await stranger.get(address)
        const facts = await sharp(bytes).metadata()
        assert.deepEqual(
          [facts.exif, facts.xmp, facts.iptc, facts.orientation],
          Array(4).fill(undefined),
        )
        assert.equal(facts.width, facts.height, address)
        assert.doesNotMatch(bytes.toString('latin1'), /GPS|Pixel|SN-0042/, address)
      }
    })

    test('the square that was chosen is what is shown, of the upright picture', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      /* Turned by a quarter: what was left above is now right above, and blue is left below. */
      const bytes = await photo({ width: 1200, height: 900 })
      const corners = { red: { x: '0.66', y: '0' }, blue: { x: '0', y: '0.7' } } as const
      for (const [colour, corner] of Object.entries(corners)) {
        const answer = await putAvatar(alice, { bytes, fields: { ...corner, size: '0.3' } })
        assert.equal(answer.status, 200, answer.text)
        const shown = await t.stranger().get(`${answer.json<Me>().avatarUrl}/w96`)
        assert.equal(await middle(shown.bytes), colour)
      }
      const centred = (await putAvatar(alice, { bytes })).json<Me>().avatarUrl
      assert.equal(await middle((await t.stranger().get(centred ?? '')).bytes), 'green')
      const wrongSquares: readonly Record<string, string>[] = [
        { x: '2', y: '0', size: '1' },
        { x: '0', y: '0', size: '0' },
        { x: '0.1' },
      ]
      for (const wrong of wrongSquares) {
        assert.equal((await putAvatar(alice, { bytes, fields: wrong })).status, 422)
      }
    })

    test('is what it is, whatever it is called; a bomb and a broken one change nothing', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const png = { bytes: await pictureOf('png'), name: 'me.jpg', type: 'image/jpeg' }
      const answer = await putAvatar(alice, png)
      assert.equal(answer.status, 200, answer.text)
      const { avatarUrl } = answer.json<Me>()
      const shown = await t.stranger().get(avatarUrl ?? '')
      const { format } = await sharp(shown.bytes).metadata()
      assert.equal(shown.headers['content-type'], `image/${format}`)
      const html = Buffer.from('<!doctype html><script>alert(1)</script>')
      const zip = Buffer.concat([
        await pictureOf('jpeg', { seed: 7 }),
        Buffer.from('PK\x03\x04<script>'),
      ])
      for (const [bytes, status, code] of [
        [bomb(30_000), 422, 'QL_MEDIA_TOO_MANY_PIXELS'],
        [(await photo()).subarray(0, 2_000), 422, 'QL_MEDIA_BROKEN'],
        [html, 415, 'QL_MEDIA_UNKNOWN_TYPE'],
      ] as const) {
        const refused = await putAvatar(alice, { bytes, name: 'me.png', type: 'image/png' })
        assert.deepEqual([refused.status, refused.json()['code']], [status, code])
      }
      assert.equal((await alice.get('/api/v1/me')).json<Me>().avatarUrl, avatarUrl)
      const polyglot = (await putAvatar(alice, { bytes: zip })).json<Me>().avatarUrl
      for (const name of ['', '/w96', '/w288']) {
        const { bytes } = await t.stranger().get(`${polyglot}${name}`)
        assert.equal(bytes.includes('script') || bytes.includes('PK\x03\x04'), false, name)
      }
    })

    test('the same picture twice is one, cut otherwise it is another', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const bytes = await photo({ width: 600, height: 450 })
      const files = (): Promise<readonly string[]> =>
        filesBelow(join(t.station.config.dataDir, 'media'))
      const first = (await putAvatar(alice, { bytes })).json<Me>().avatarUrl
      const kept = await files()
      const again = await Promise.all([1, 2].map(() => putAvatar(alice, { bytes })))
      assert.deepEqual(
        again.map((answer) => answer.json<Me>().avatarUrl),
        [first, first],
      )
      assert.deepEqual(await files(), kept)
      const usage = (await alice.get('/api/v1/me/media')).json<{ files: number }>()
      assert.equal(usage.files, 1)
      const fields = { x: '0', y: '0', size: '0.3' }
      assert.notEqual((await putAvatar(alice, { bytes, fields })).json<Me>().avatarUrl, first)
    })

    test('a portrait that was replaced or removed is gone a day later', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const shown: string[] = []
      for (const seed of [1, 2]) {
        const answer = await putAvatar(alice, { bytes: await pictureOf('png', { seed }) })
        shown.push(answer.json<Me>().avatarUrl ?? '')
      }
      t.clock.advance({ hours: 25 })
      await t.station.mediaSweep.run()
      const statuses = (): Promise<number[]> =>
        Promise.all(shown.map(async (url) => (await t.stranger().get(url)).status))
      assert.deepEqual(await statuses(), [404, 200])
      const token = (await alice.get('/api/v1/me')).status
      assert.ok([200, 401].includes(token))
    })
  })
}

test('without scripts a form does the same, and brings back to the settings', async () => {
  await using t = await buildTestStation({ dialect: 'sqlite' })
  const alice = await t.person('alice')
  const form = (await alice.get('/settings')).text
  assert.match(form, /<form[^>]*action="\/settings\/avatar"[^>]*enctype="multipart\/form-data"/)
  const bytes = await pictureOf('webp', { width: 300, height: 200 })
  const answer = await alice.upload('/settings/avatar', {
    bytes,
    fields: { x: '', y: '', size: '' },
  })
  assert.equal(answer.status, 303, answer.text)
  assert.equal(answer.headers['location'], '/settings?saved#portrait')
  const { avatarUrl } = (await alice.get('/api/v1/me')).json<Me>()
  assert.ok(avatarUrl)
  const cover = await alice.upload('/settings/cover', { bytes })
  assert.equal(cover.status, 303)
  assert.match(
    (await t.stranger().get('/user/alice')).text,
    /class="profile-cover"><img src="\/media\//,
  )
  for (const which of ['avatar', 'cover']) {
    assert.equal((await alice.submit(`/settings/${which}/removal`, {})).status, 303)
  }
  const me = (await alice.get('/api/v1/me')).json<Me>()
  assert.deepEqual([me.avatarUrl, me.coverUrl], [null, null])
})

test('a page that was kept for strangers shows the new portrait at once', async () => {
  await using t = await buildTestStation({ dialect: 'sqlite' })
  const alice = await t.person('alice')
  const before = (await t.stranger().get('/user/alice')).text
  assert.doesNotMatch(before, /<img class="avatar/)
  await putAvatar(alice, { bytes: await pictureOf('jpeg') })
  assert.match((await t.stranger().get('/user/alice')).text, /<img class="avatar/)
  assert.equal((await alice.delete('/api/v1/me/avatar')).status, 204)
  assert.equal((await t.stranger().get('/user/alice')).text, before)
})
