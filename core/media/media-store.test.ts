import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildTestStation } from '../../test/support/station.ts'

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGD4DwABBAEAX+XDSwAAAABJRU5ErkJggg==',
  'base64',
)

test('a picture is kept once and served so that it can only be a picture', async () => {
  await using t = await buildTestStation({ dialect: 'sqlite' })
  const picture = { ownerId: 'u1', bytes: PIXEL, alt: 'одна точка' }
  const kept = await t.station.media.putPicture(picture)
  const again = await t.station.media.putPicture(picture)
  assert.equal(again.id, kept.id)
  assert.deepEqual([kept.width, kept.height, kept.alt], [1, 1, 'одна точка'])
  const answer = await t.stranger().get(kept.url)
  assert.equal(answer.status, 200)
  assert.equal(answer.headers['content-type'], 'image/png')
  assert.equal(answer.headers['x-content-type-options'], 'nosniff')
  assert.match(String(answer.headers['content-security-policy']), /sandbox/)
  const etag = String(answer.headers['etag'])
  const second = await t.stranger().get(kept.url, { headers: { 'if-none-match': etag } })
  assert.equal(second.status, 304)
})

test('bytes that are no picture are not kept, and an unknown address is not found', async () => {
  await using t = await buildTestStation({ dialect: 'sqlite' })
  const html = Buffer.from('<script>alert(1)</script>')
  await assert.rejects(t.station.media.putPicture({ ownerId: 'u1', bytes: html, alt: '' }))
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')
  await assert.rejects(t.station.media.putPicture({ ownerId: 'u1', bytes: svg, alt: '' }))
  assert.equal((await t.stranger().get('/media/nothing')).status, 404)
})
