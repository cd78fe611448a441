import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { startStationProcess, type StationProcess } from '../../test/support/station-process.ts'

const LINK = /http:\/\/[^"\s]+\/auth\/reset\?token=([\w-]+)/

function logged({ dataDir }: StationProcess): string {
  const folder = join(dataDir, 'logs')
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n')
}

/** The letter is written after the answer. @returns the token of its link. */
async function said(station: StationProcess): Promise<string> {
  for (let tries = 0; tries < 400; tries++) {
    const [, token] = LINK.exec(station.output()) ?? []
    if (token !== undefined) return token
    await setTimeout(50)
  }
  throw new Error(`No link was said: ${station.output()}`)
}

test('where no mail is sent a link with a token is said at the console and stands in no log file', async () => {
  const env = { QUARK_LOG_FILE: 'on', QUARK_LOG_LEVEL: 'info' }
  const station = await startStationProcess({ env })
  try {
    await station.quark('user:create', 'alice', '--email', 'alice@example.org')
    const asked = await fetch(`${station.url}/auth/forgot`, {
      method: 'POST',
      headers: { origin: station.url },
      body: new URLSearchParams({ email: 'alice@example.org' }),
    })
    assert.ok(asked.status < 400, await asked.text())
    const token = await said(station)
    assert.ok(token.length > 30)
    const page = await fetch(`${station.url}/auth/reset?token=${token}`, { redirect: 'manual' })
    assert.ok(page.status < 400)
    await fetch(`${station.url}/auth/reset?token=${token}x`)
    const used = await fetch(`${station.url}/api/v1/auth/reset`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: station.url },
      body: JSON.stringify({ token, password: 'short' }),
    })
    assert.ok(used.status >= 400)
    await station.quark('user:reset', 'alice')
    const written = logged(station)
    assert.ok(written.length > 0, 'nothing is logged at all')
    assert.ok(!written.includes(token))
    assert.doesNotMatch(written, /token=/)
  } finally {
    await station.stop()
  }
})
