import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { readConfig } from '../../config.ts'
import { openLog } from './log.ts'

const home = mkdtempSync(join(tmpdir(), 'quark-log-'))
after(() => rmSync(home, { recursive: true, force: true }))

function configIn(dataDir: string) {
  return {
    ...readConfig({}),
    dataDir,
    log: { level: 'error', format: 'json', file: true },
  } as const
}

test('a line is JSON with its fields, and what is secret never stands in it', async () => {
  const log = await openLog(configIn(home))
  log.child({ requestId: 'r-1' }).error('sign-in failed', {
    login: 'alice',
    password: 'hunter2',
    request: { headers: { cookie: 'quark-access=abc', authorization: 'Bearer abc' } },
    token: 'abc',
  })
  log.info('below the level')
  await log.close()
  const file = join(home, 'logs', 'quark.log')
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  assert.equal(lines.length, 1)
  const line = JSON.parse(lines[0] ?? '') as Record<string, unknown>
  assert.equal(line['requestId'], 'r-1')
  assert.equal(line['login'], 'alice')
  assert.doesNotMatch(lines[0] ?? '', /hunter2|abc/)
  assert.equal(statSync(file).mode & 0o077, 0)
})

test('a log folder that cannot be made costs a warning, not the start', async () => {
  const file = join(home, 'a-file')
  writeFileSync(file, '')
  const log = await openLog({
    ...configIn(file),
    log: { level: 'silent', format: 'json', file: true },
  })
  log.error('still here')
  await log.close()
})
