import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import sharp from 'sharp'
import { DIALECTS } from '../../../test/support/databases.ts'
import {
  bomb,
  film,
  filesBelow,
  ONE_PIXEL,
  photo,
  pictureOf,
  publicFiles,
  type StoredPicture,
} from '../../../test/support/pictures.ts'
import { buildTestStation, type TestStation } from '../../../test/support/station.ts'

const MIB = 1024 * 1024

function mediaFiles(t: TestStation): Promise<readonly string[]> {
  return filesBelow(join(t.station.config.dataDir, 'media'))
}

/** A valid picture of exactly so many bytes: what follows the end of a JPEG is nobody's. */
async function pictureOfSize(bytes: number): Promise<Buffer> {
  const picture = await pictureOf('jpeg')
  return Buffer.concat([picture, Buffer.alloc(bytes - picture.byteLength, 0x20)])
}

for (const dialect of DIALECTS) {
  suite(`uploads on ${dialect}`, () => {
    test('a photo is stored upright, in several widths, without where and with what it was taken', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const bytes = await photo({ width: 2400, height: 1800 })
      const before = await sharp(bytes).metadata()
      assert.ok(before.exif && before.orientation === 6)
      const answer = await alice.upload('/api/v1/media', { bytes, fields: { alt: 'Озеро' } })
      assert.equal(answer.status, 201, answer.text)
      const picture = answer.json<StoredPicture>()
      assert.deepEqual([picture.width, picture.height, picture.alt], [1800, 2400, 'Озеро'])
      assert.deepEqual(
        picture.variants.map(({ width, type }) => `${width} ${type}`),
        ['480 image/webp', '960 image/webp', '1600 image/webp'],
      )
      assert.ok(Buffer.from(picture.thumbhash, 'base64').byteLength >= 5)
      for (const { url, facts, bytes: served } of await publicFiles(t.stranger(), picture)) {
        assert.equal(facts.exif, undefined, url)
        assert.equal(facts.xmp, undefined, url)
        assert.equal(facts.orientation, undefined, url)
        assert.doesNotMatch(served.toString('latin1'), /Pixel|GPS|SN-0042/, url)
        assert.ok(facts.height > facts.width, url)
      }
    })

    test('the last byte of the quota is had by one of twenty', async () => {
      const files = await Promise.all(
        Array.from({ length: 20 }, (_, seed) => pictureOf('jpeg', { seed })),
      )
      const largest = Math.max(...files.map((file) => file.byteLength))
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const kept = t.station.settings.media.quotaBytes - Math.floor(largest * 1.5)
      const usage = 'insert into media_usage (owner_id, bytes, files) values (?, ?, 7)'
      await t.station.database.transaction(({ session }) => session.run(usage, [alice.id, kept]))
      const answers = await Promise.all(
        files.map((bytes) => alice.upload('/api/v1/media', { bytes })),
      )
      const stored = answers.filter(({ status }) => status === 201)
      const refused = answers.filter(({ status }) => status === 413)
      assert.deepEqual([stored.length, refused.length], [1, 19])
      assert.match(answers.map(({ text }) => text).join(''), /QL_MEDIA_QUOTA/)
      assert.equal((await mediaFiles(t)).length, 3, 'one picture: itself, full and one width')
      const room = (await alice.get('/api/v1/me/media')).json<{ bytes: number; files: number }>()
      assert.ok(room.bytes > kept && room.bytes <= t.station.settings.media.quotaBytes)
      assert.equal(room.files, 8)
      assert.match((await alice.get('/settings/data')).text, /hardly any room left/)
      const bob = await t.person('bob')
      assert.match((await bob.get('/settings/data')).text, /take 0\skB of 1\.1\sGB/)
    })

    test('the same upload twice is one picture; of another person it is another', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const bytes = await photo({ width: 300, height: 200 })
      const uploads = [alice, alice, alice, bob].map((person) =>
        person.upload('/api/v1/media', { bytes }),
      )
      const ids = (await Promise.all(uploads)).map((answer) => answer.json<StoredPicture>().id)
      assert.equal(new Set(ids).size, 2)
      assert.equal(new Set(ids.slice(0, 3)).size, 1)
      assert.equal((await mediaFiles(t)).length, 6)
    })
  })
}

test('a new picture is one commit, and the same again moves its time for the sweep in another', async () => {
  await using t = await buildTestStation({ dialect: 'sqlite' })
  const alice = await t.person('alice')
  const { database } = t.station
  await database.transaction(({ session }) =>
    session.exec(`create table moved (id text);
      create trigger move after update on media begin insert into moved values (new.id); end`),
  )
  const moved = async (): Promise<number> =>
    (await database.reader.all('select * from moved')).length
  assert.equal((await alice.upload('/api/v1/media', { bytes: ONE_PIXEL })).status, 201)
  assert.equal(await moved(), 0)
  assert.equal((await alice.upload('/api/v1/media', { bytes: ONE_PIXEL })).status, 201)
  assert.equal(await moved(), 1)
})

test('five mebibytes pass, and one byte more does not', async () => {
  await using t = await buildTestStation({ dialect: 'sqlite' })
  const alice = await t.person('alice')
  const fits = await alice.upload('/api/v1/media', { bytes: await pictureOfSize(5 * MIB) })
  assert.equal(fits.status, 201, fits.text)
  const files = await mediaFiles(t)
  const over = await alice.upload('/api/v1/media', { bytes: await pictureOfSize(5 * MIB + 1) })
  assert.equal(over.status, 413)
  assert.match(over.text, /QL_MEDIA_TOO_LARGE/)
  assert.deepEqual(await mediaFiles(t), files, 'nothing of it stays')
})

test('what a file is called and said to be does not matter, only what it is', async () => {
  await using t = await buildTestStation({ dialect: 'sqlite' })
  const alice = await t.person('alice')
  const foreign = {
    'html named png': '<!doctype html><script>alert(1)</script>',
    'svg with a script': '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    'svg with a head': '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    pdf: '%PDF-1.7\n%âãÏÓ\n',
    'plain text': 'hello',
  }
  for (const [what, text] of Object.entries(foreign)) {
    const upload = { bytes: Buffer.from(text), name: 'a.png', type: 'image/png' }
    const answer = await alice.upload('/api/v1/media', upload)
    assert.equal(answer.status, 415, what)
    assert.match(answer.text, /QL_MEDIA_UNKNOWN_TYPE/, what)
  }
  const png = await pictureOf('png')
  const hostile = { bytes: png, name: '../../x%22%0D%0A.svg', type: 'image/svg+xml' }
  const named = await alice.upload('/api/v1/media', hostile)
  assert.equal(named.status, 201, named.text)
  const shown = await alice.get(named.json<StoredPicture>().url)
  assert.equal(shown.headers['content-type'], 'image/png')
  assert.match(
    String(shown.headers['content-disposition']),
    /^inline; filename="[0-9a-f-]+-full\.png"$/,
  )
  assert.equal(
    (await mediaFiles(t)).every((file) => file.startsWith(join(t.station.config.dataDir, 'media'))),
    true,
  )
})

test('a file that is two things at once is stored as a picture alone', async () => {
  await using t = await buildTestStation({ dialect: 'sqlite' })
  const alice = await t.person('alice')
  const zip = Buffer.from('504b0304140000000000', 'hex')
  const script = Buffer.from('/*<script>alert(1)</script>*/')
  const polyglots = {
    'JPEG and ZIP': Buffer.concat([await pictureOf('jpeg'), zip, script]),
    'PNG and HTML': Buffer.concat([await pictureOf('png'), script]),
    'GIF and JS': Buffer.concat([await pictureOf('gif'), script]),
  }
  for (const [what, bytes] of Object.entries(polyglots)) {
    const answer = await alice.upload('/api/v1/media', { bytes })
    assert.equal(answer.status, 201, `${what}: ${answer.text}`)
    const picture = answer.json<StoredPicture>()
    for (const { url, bytes: served } of await publicFiles(t.stranger(), picture)) {
      assert.equal(served.includes('script'), false, `${what} ${url}`)
      assert.equal(served.includes('PK\u0003\u0004'), false, `${what} ${url}`)
    }
  }
  const header = Buffer.from('GIF89a/*\0\0\0*/=1;alert(1)//')
  const fake = await alice.upload('/api/v1/media', { bytes: header })
  assert.ok([415, 422].includes(fake.status), String(fake.status))
})

test('a bomb is refused, and nothing of it stays', async () => {
  await using t = await buildTestStation({ dialect: 'sqlite' })
  const alice = await t.person('alice')
  await alice.upload('/api/v1/media', { bytes: ONE_PIXEL })
  const files = await mediaFiles(t)
  for (const side of [16_000, 30_000]) {
    const bytes = bomb(side)
    assert.ok(bytes.byteLength < 200_000)
    const answer = await alice.upload('/api/v1/media', { bytes })
    assert.equal(answer.status, 422, answer.text)
    assert.match(answer.text, /QL_MEDIA_TOO_MANY_PIXELS/)
  }
  const cut = (await photo()).subarray(0, 2_000)
  const broken = await alice.upload('/api/v1/media', { bytes: cut })
  assert.equal(broken.status, 422, broken.text)
  assert.deepEqual(await mediaFiles(t), files)
})

test('an animation stays one, up to its last frame', async () => {
  await using t = await buildTestStation({ dialect: 'sqlite' })
  const alice = await t.person('alice')
  for (const format of ['gif', 'webp'] as const) {
    const answer = await alice.upload('/api/v1/media', {
      bytes: await film(format, 6, { width: 600, height: 400 }),
    })
    assert.equal(answer.status, 201, answer.text)
    const picture = answer.json<StoredPicture>()
    assert.deepEqual([picture.animated, picture.width, picture.height], [true, 600, 400])
    for (const { facts, url } of await publicFiles(t.stranger(), picture)) {
      assert.deepEqual([facts.format, facts.pages], ['webp', 6], url)
    }
  }
  const endless = await alice.upload('/api/v1/media', {
    bytes: await film('gif', 301, { width: 4, height: 4 }),
  })
  assert.equal(endless.status, 422)
  assert.match(endless.text, /QL_MEDIA_TOO_MANY_FRAMES/)
})

test('each kind of picture is taken', async () => {
  await using t = await buildTestStation({ dialect: 'sqlite' })
  const alice = await t.person('alice')
  for (const format of ['png', 'jpeg', 'gif', 'webp', 'avif'] as const) {
    const answer = await alice.upload('/api/v1/media', { bytes: await pictureOf(format) })
    assert.equal(answer.status, 201, `${format}: ${answer.text}`)
    const [full] = await publicFiles(t.stranger(), answer.json<StoredPicture>())
    const isDrawing = format === 'png' || format === 'gif'
    assert.ok((isDrawing ? ['png'] : ['jpeg', 'webp']).includes(full?.facts.format ?? ''), format)
  }
})

test('only a member sends files, only from our pages, and only as a form with a file', async () => {
  await using t = await buildTestStation({ dialect: 'sqlite' })
  const bytes = await pictureOf('jpeg')
  const alice = await t.person('alice')
  assert.equal((await t.stranger().upload('/api/v1/media', { bytes })).status, 401)
  const foreign = {
    upload: { bytes },
    headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
  }
  assert.equal((await alice.ask('POST', '/api/v1/media', foreign)).status, 403)
  assert.equal((await alice.post('/api/v1/media', { alt: 'x' })).status, 415)
  assert.equal((await alice.upload('/api/v1/me', { bytes }, 'PATCH')).status, 415)
  const unknown = await alice.upload('/api/v1/media', { bytes, fields: { owner: 'bob' } })
  assert.equal(unknown.status, 422)
  const nothing = await alice.upload('/api/v1/media', { bytes: Buffer.alloc(0), name: '' })
  assert.equal(nothing.status, 422)
  assert.match(nothing.text, /QL_MEDIA_MISSING/)
  assert.equal((await mediaFiles(t)).filter((file) => file.includes('staged')).length, 0)
})

test('a person sends twenty files in ten minutes', async () => {
  await using t = await buildTestStation({ dialect: 'sqlite', config: { rateLimits: true } })
  const [alice, bob] = [await t.person('alice'), await t.person('bob')]
  const statuses: number[] = []
  for (let count = 0; count < 21; count++) {
    statuses.push((await alice.upload('/api/v1/media', { bytes: ONE_PIXEL })).status)
  }
  assert.deepEqual(statuses, [...Array.from({ length: 20 }, () => 201), 429])
  assert.equal((await bob.upload('/api/v1/media', { bytes: ONE_PIXEL })).status, 201)
})

test('the upload itself is kept as it came, readable by the station alone, and has no address', async () => {
  await using t = await buildTestStation({ dialect: 'sqlite' })
  const alice = await t.person('alice')
  const bytes = await photo({ width: 300, height: 200 })
  const { id, url } = (await alice.upload('/api/v1/media', { bytes })).json<StoredPicture>()
  const kept: Buffer[] = []
  for await (const chunk of await t.station.media.original(id))
    kept.push(Buffer.from(chunk as Buffer))
  assert.ok(Buffer.concat(kept).equals(bytes))
  for (const name of [
    'original',
    'staged',
    'w1',
    '..%2foriginal',
    randomBytes(200).toString('hex'),
  ]) {
    assert.equal((await alice.get(`${url}/${name}`)).status, 404, name)
  }
})
