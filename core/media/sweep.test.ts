import assert from 'node:assert/strict'
import { mkdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { DIALECTS } from '../../test/support/databases.ts'
import { filesBelow, pictureOf, type StoredPicture } from '../../test/support/pictures.ts'
import { buildTestStation, type TestStation } from '../../test/support/station.ts'
import type { Visitor } from '../../test/support/visitor.ts'

async function uploaded(person: Visitor, seed: number): Promise<StoredPicture> {
  const bytes = await pictureOf('jpeg', { seed, width: 600, height: 400 })
  const answer = await person.upload('/api/v1/media', { bytes })
  assert.equal(answer.status, 201, answer.text)
  return answer.json<StoredPicture>()
}

async function usage(t: TestStation): Promise<unknown> {
  const [row] = await t.station.database.reader.all('select files, bytes from media_usage')
  return { files: Number(row?.['files']), isEmpty: Number(row?.['bytes']) === 0 }
}

for (const dialect of DIALECTS) {
  suite(`the sweep on ${dialect}`, () => {
    test('removes what nothing has used for a day, with its files, and gives the room back', async () => {
      await using t = await buildTestStation({ dialect })
      const { mediaUses, mediaSweep, media } = t.station
      const alice = await t.person('alice')
      const [used, freed, forgotten] = [
        await uploaded(alice, 1),
        await uploaded(alice, 2),
        await uploaded(alice, 3),
      ]
      const bytes = await pictureOf('png')
      const made = await media.putPicture({ ownerId: alice.id, bytes, alt: '' })
      await mediaUses.use('blog:post/1', [used.id, freed.id])
      await mediaUses.use('blog:post/2', [used.id])
      t.clock.advance({ hours: 23 })
      assert.deepEqual(await mediaSweep.run(), { pictures: 0, files: 0, uploads: 0 })
      t.clock.advance({ hours: 2 })
      assert.equal((await mediaSweep.run()).pictures, 1)
      assert.equal((await t.stranger().get(forgotten.url)).status, 404)
      await mediaUses.release('blog:post/1')
      t.clock.advance({ hours: 23 })
      assert.equal((await mediaSweep.run()).pictures, 0, 'a day begins when the last user goes')
      t.clock.advance({ hours: 2 })
      assert.equal((await mediaSweep.run()).pictures, 1)
      const left = (await media.find([used.id, freed.id, forgotten.id, made.id])).map(
        ({ id }) => id,
      )
      assert.deepEqual(left.toSorted(), [used.id, made.id].toSorted())
      await mediaUses.release('blog:post/2', [used.id])
      t.clock.advance({ hours: 25 })
      await mediaSweep.run()
      const files = await filesBelow(join(t.station.config.dataDir, 'media'))
      assert.ok(files.every((file) => file.includes(made.id)))
      assert.deepEqual(await usage(t), { files: 1, isEmpty: false })
    })

    test('a picture that is gone cannot be used, and one uploaded again is there', async () => {
      await using t = await buildTestStation({ dialect })
      const { mediaUses, mediaSweep } = t.station
      const alice = await t.person('alice')
      const [first, other] = [await uploaded(alice, 1), await uploaded(alice, 2)]
      t.clock.advance({ hours: 25 })
      await uploaded(alice, 2)
      assert.equal((await mediaSweep.run()).pictures, 1, 'uploading it again counted as new')
      const using = mediaUses.use('blog:post/1', [other.id, first.id])
      await assert.rejects(using, /QL_MEDIA_GONE/)
      t.clock.advance({ hours: 25 })
      assert.equal((await mediaSweep.run()).pictures, 1, 'all are claimed or none')
      assert.notEqual((await uploaded(alice, 1)).id, first.id)
    })
  })
}

test('files without a picture and uploads half-way are removed a day later', async () => {
  await using t = await buildTestStation({ dialect: 'sqlite' })
  const root = join(t.station.config.dataDir, 'media')
  const alice = await t.person('alice')
  const kept = await uploaded(alice, 1)
  await t.station.mediaUses.use('blog:post/1', [kept.id])
  const before = await filesBelow(root)
  await mkdir(join(root, 'ab', 'lost'), { recursive: true })
  const yesterday = new Date(t.clock.now().getTime() - 25 * 3_600_000)
  await mkdir(join(root, 'staged', 'half'), { recursive: true })
  const strays = ['ab/lost/full', 'ab/lost/original', 'staged/half/upload']
  for (const stray of strays) {
    await writeFile(join(root, stray), 'x')
    await utimes(join(root, stray), yesterday, yesterday)
  }
  await utimes(join(root, 'staged', 'half'), yesterday, yesterday)
  await writeFile(join(root, 'ab', 'lost', 'fresh'), 'x')
  assert.deepEqual(await t.station.mediaSweep.run(), { pictures: 0, files: 2, uploads: 1 })
  assert.deepEqual(await filesBelow(root), [...before, join(root, 'ab/lost/fresh')].toSorted())
})
