import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { mp4, OGG_VOICE, webm, WEBM_VOICE } from '../../../test/support/films.ts'
import { contentOf } from './content.ts'

const FILE = { kind: 'file', type: 'application/octet-stream' }

suite('the content of a file', () => {
  test('is a film, a sound, or just a file', () => {
    const film = { kind: 'video', width: 640, height: 360 }
    assert.deepEqual(contentOf(mp4()), { ...film, type: 'video/mp4', durationMs: 2_000 })
    assert.deepEqual(contentOf(webm()), { ...film, type: 'video/webm' })
    assert.deepEqual(contentOf(WEBM_VOICE), { kind: 'sound', type: 'audio/webm' })
    assert.deepEqual(contentOf(OGG_VOICE), { kind: 'sound', type: 'audio/ogg' })
    for (const text of ['', 'MZ', '<svg xmlns="http://www.w3.org/2000/svg"/>', '<!doctype html>']) {
      assert.deepEqual(contentOf(Buffer.from(text)), FILE, text)
    }
  })

  test('stands upright', () => {
    const { width, height } = { width: 0, height: 0, ...contentOf(mp4({ isTurned: true })) }
    assert.deepEqual([width, height], [360, 640])
  })

  test('is no film that browsers do not play, or that only begins like one', () => {
    const foreign = [
      mp4({ codec: 'mjpg' }),
      mp4({ width: 0 }),
      webm({ codec: 'V_MPEG4/ISO/AVC' }),
      webm({ docType: 'matroska' }),
      webm({ width: 0 }),
      Buffer.concat([Buffer.from('1a45dfa3', 'hex'), Buffer.from('<script>alert(1)</script>')]),
      Buffer.concat([mp4().subarray(0, 40), Buffer.from('<script>alert(1)</script>')]),
    ]
    for (const [at, bytes] of foreign.entries()) {
      assert.deepEqual(contentOf(bytes), FILE, String(at))
    }
  })

  test('never stops the station, wherever a file is cut or crooked', () => {
    for (const whole of [mp4(), webm(), WEBM_VOICE, OGG_VOICE]) {
      for (let at = 0; at < whole.byteLength; at++) {
        contentOf(whole.subarray(0, at))
        for (const byte of [0, 1, 0x7f, 0xff]) {
          const crooked = Buffer.from(whole)
          crooked[at] = byte
          contentOf(crooked)
        }
      }
    }
  })
})
