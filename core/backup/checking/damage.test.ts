import assert from 'node:assert/strict'
import { readFileSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { after, before, suite, test } from 'node:test'
import { gunzipSync, gzipSync } from 'node:zlib'
import { DataFolder } from '../../../test/support/data-folder.ts'
import { buildTestStation, type TestStation } from '../../../test/support/station.ts'
import { CodedError } from '../../errors.ts'
import { knownSteps } from '../known-steps.ts'
import { makeBackup } from '../making/make-backup.ts'
import { restoreBackup, type RestoreOrder } from '../restoring/restore-backup.ts'
import { type TarEntry, tarOf } from '../tar.ts'
import { verifyBackup } from './verify-backup.ts'

const folder = new DataFolder()
let t: TestStation
let file = ''
let order: Omit<RestoreOrder, 'file'>

before(async () => {
  t = await buildTestStation({ dialect: 'sqlite' })
  await t.person('alice')
  file = join(folder.dir, 'copy.tar.gz')
  const { dataDir, modulesDir } = t.station.config
  await makeBackup({
    origin: t.station.database.origin,
    dataDir,
    program: '1.2.3',
    now: new Date(),
    target: file,
    withSecrets: true,
  })
  order = {
    dataDir: join(folder.dir, 'there'),
    databaseUrl: null,
    steps: await knownSteps(modulesDir),
    now: new Date(),
    force: false,
    withoutLedger: false,
  }
})
after(async () => {
  await t[Symbol.asyncDispose]()
  folder[Symbol.dispose]()
})

function changed(name: string, change: (bytes: Buffer) => Buffer): string {
  return folder.write(name, change(readFileSync(file)))
}

/** An archive of our form with these files. */
async function archive(
  name: string,
  ...files: (readonly [string, string | object])[]
): Promise<string> {
  const entries = files.map(([entry, value]): TarEntry => {
    const content = Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))
    return { name: entry, bytes: content.byteLength, content: [content] }
  })
  const chunks: Uint8Array[] = []
  await pipeline(Readable.from(tarOf(entries, new Date())), async (source) => {
    for await (const chunk of source as AsyncIterable<Uint8Array>) chunks.push(chunk)
  })
  return folder.write(name, gzipSync(Buffer.concat(chunks)))
}

function unpacksTo(path: string, content: Buffer): boolean {
  try {
    return gunzipSync(readFileSync(path)).equals(content)
  } catch {
    return false
  }
}

/** The one sentence in both languages with which both commands refuse it. */
async function refused(damaged: string): Promise<string> {
  const texts: string[] = []
  const { dataDir, steps } = order
  for (const attempt of [
    () => verifyBackup({ file: damaged, dataDir, steps }),
    () => restoreBackup({ ...order, file: damaged }),
  ]) {
    await assert.rejects(attempt, (error: unknown) => {
      assert.ok(error instanceof CodedError, String(error))
      texts.push(`${error.code} ${error.text('en')}`)
      assert.match(error.text('ru'), /[а-я]{4}/)
      return true
    })
  }
  assert.equal(texts[0], texts[1])
  assert.equal(statSync(join(dataDir, 'quark.db'), { throwIfNoEntry: false }), undefined)
  return texts[0] ?? ''
}

suite('an archive that cannot be trusted is refused with clear words', () => {
  test('cut at any place', async () => {
    const { size } = statSync(file)
    for (const share of [0, 0.01, 0.5, 0.99]) {
      const cut = changed('cut.tar.gz', (bytes) => bytes)
      truncateSync(cut, Math.floor(size * share))
      assert.match(await refused(cut), /QL_BACKUP_BROKEN .*damaged/, `${share}`)
    }
    const last = changed('cut.tar.gz', (bytes) => bytes.subarray(0, -1))
    assert.match(await refused(last), /QL_BACKUP_BROKEN/)
  })

  test('with one bit turned, wherever it changes what is unpacked', async () => {
    const { size } = statSync(file)
    const whole = gunzipSync(readFileSync(file))
    let changes = 0
    for (let step = 0; changes < 8; step++) {
      const at = Math.floor((size * ((step * 0.618) % 1)) % size)
      const flipped = changed('flipped.tar.gz', (bytes) => {
        bytes[at] = (bytes[at] ?? 0) ^ 0x10
        return bytes
      })
      /* Deflate can say the same in two ways: a copy of equal bytes taken from elsewhere. */
      if (unpacksTo(flipped, whole)) continue
      changes++
      assert.match(await refused(flipped), /QL_BACKUP_BROKEN/, `byte ${at}`)
    }
  })

  test('whose content was changed and packed again', async () => {
    const packed = changed('packed.tar.gz', (bytes) => {
      const plain = gunzipSync(bytes)
      const at = plain.indexOf('alice@example.org')
      plain.write('mallo', at)
      return gzipSync(plain)
    })
    assert.match(await refused(packed), /QL_BACKUP_BROKEN .*is not what was written/)
  })

  test('of a newer format, of another program, or no archive at all', async () => {
    const newer = await archive('newer.tar.gz', ['backup.json', { format: 2 }], ['x', 'y'])
    assert.match(await refused(newer), /QL_BACKUP_NEWER .*newer version.*format 2/)
    const other = await archive('other.tar.gz', ['README', 'of something else'])
    assert.match(await refused(other), /QL_BACKUP_BROKEN .*no backup of a station/)
    const text = folder.write('text.tar.gz', 'Dear diary')
    assert.match(await refused(text), /QL_BACKUP_BROKEN/)
    const later = { ...order, steps: order.steps.filter(({ name }) => name !== '0012-audit') }
    await assert.rejects(restoreBackup({ ...later, file }), /QL_BACKUP_NEWER.*0012-audit/)
  })

  test('that reaches out of its folder, or holds a file twice', async () => {
    for (const name of ['../escape.json', '/tmp/escape', 'media/../../x', 'keys/erasures.key']) {
      const hostile = await archive('hostile.tar.gz', ['backup.json', { format: 1 }], [name, 'x'])
      assert.match(await refused(hostile), /QL_BACKUP_BROKEN .*it holds "/, name)
    }
    const key = 'keys/secrets.json'
    const twice = await archive(
      'twice.tar.gz',
      ['backup.json', { format: 1 }],
      [key, ''],
      [key, ''],
    )
    assert.match(await refused(twice), /twice/)
  })
})

suite('what is in the way of a restore', () => {
  test('a running station', async () => {
    const dataDir = join(folder.dir, 'running')
    await restoreBackup({ ...order, dataDir, file })
    await using running = await buildTestStation({ dialect: 'sqlite', dataDir })
    const attempt = restoreBackup({ ...order, dataDir, file, force: true })
    await assert.rejects(attempt, /QL_BACKUP_STATION_RUNS/)
    assert.equal((await running.stranger().get('/user/alice')).status, 200)
  })

  test('people, whose data are kept aside when that is wanted', async () => {
    const dataDir = join(folder.dir, 'lived-in')
    {
      await using other = await buildTestStation({
        dialect: 'sqlite',
        dataDir: (await restoreBackup({ ...order, dataDir, file }), dataDir),
      })
      await other.person('bob')
    }
    await assert.rejects(restoreBackup({ ...order, dataDir, file }), /QL_BACKUP_DATA_THERE/)
    const { aside } = await restoreBackup({ ...order, dataDir, file, force: true })
    await using again = await buildTestStation({ dialect: 'sqlite', dataDir })
    assert.equal((await again.stranger().get('/user/bob')).status, 404)
    assert.match(readFileSync(join(dataDir, aside ?? '', 'quark.db'), 'latin1'), /bob@example\.org/)
  })

  test('a target that is there, or a folder without a station, for a backup', async () => {
    const about = { program: '1', now: new Date(), target: file, withSecrets: false }
    const { origin } = t.station.database
    const { dataDir } = t.station.config
    await assert.rejects(makeBackup({ ...about, origin, dataDir }), /QL_BACKUP_TARGET_TAKEN/)
    const empty = join(folder.dir, 'empty')
    await assert.rejects(makeBackup({ ...about, origin, dataDir: empty }), /QL_BACKUP_NOTHING/)
  })
})
