import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { isCommonPassword } from './common-passwords.ts'
import { CodedError } from '../../errors.ts'
import { PasswordHasher } from './password-hasher.ts'
import { bcryptText, passwordFault } from './password.ts'

const pepper = { kid: 'first', key: Buffer.alloc(32, 1) }

test('passwords anyone would try first are refused', () => {
  const guessed = `12345678 87654321 qwertyuiop qwerty123 Password1! parol123 пароль123 йцукенгш
    ЙцукенЙцукен фывапролд ghbdtn123 1q2w3e4r 11111111 abababab abcabcabc qazwsxedc zxcvbnm1
    iloveyou1 админ123админ`
    .split(/\s+/)
    .slice(0, -1)
  for (const password of guessed) assert.ok(isCommonPassword(password, []), password)
})

test('the first three thousand of a published list are refused, also with a tail', () => {
  const text = readFileSync(new URL('common-passwords.txt', import.meta.url), 'utf8')
  const listed = text.split('\n').filter((line) => line !== '' && !line.startsWith('# '))
  assert.ok(listed.length > 15_000)
  for (const password of listed) assert.ok(isCommonPassword(password, []), password)
  for (const password of ['Rockstar', 'butterfly!', 'Chevrolet1', 'liverpool2026']) {
    assert.ok(isCommonPassword(password, []), password)
  }
  assert.match(text, /Copyright \(c\) 2012-2016 Dan Wheeler and Dropbox/)
})

test('Russian words are refused in either layout', () => {
  const typed = [
    'солнышко',
    'cjkysirj',
    'Cjkysirj1',
    'k.,bvfz',
    'k.,jdmvjz12',
    'cxfcnmt1',
    'vfkzdrf2',
  ]
  for (const password of typed.slice(0, -1)) assert.ok(isCommonPassword(password, []), password)
  assert.ok(!isCommonPassword('vfkzdrf2', []), 'малявка is no word of the list')
})

test('words of the person or the place make no password', () => {
  const context = ['alice', 'alice.b', 'Онего']
  for (const password of ['alice123', '1Alice!!', 'alicealice', 'онего2026'.slice(0, 8)]) {
    assert.ok(isCommonPassword(password, context), password)
  }
  assert.ok(!isCommonPassword('alice has a long password', context))
})

test('ordinary passphrases pass, whatever their alphabet', () => {
  const fine = [
    'лодка сахар полдень',
    'correct horse battery',
    'п'.repeat(64),
    'Tr0ub4dor&3x',
    'рябина за окном',
    '12 стульев и кот',
    '7390164582',
  ]
  for (const password of fine) {
    assert.equal(passwordFault(password, { role: 'member', context: ['alice'] }), null, password)
  }
})

function fault(password: string): string {
  return passwordFault(password, { role: 'member', context: [] })?.code ?? 'fine'
}

test('length is counted in characters as people see them stored, from 8 to 256', () => {
  assert.equal(fault('ёжик ну7'), 'fine')
  assert.equal(fault('ёжик ну'), 'QL_AUTH_PASSWORD_SHORT')
  assert.equal(fault('й̈'.normalize('NFD').repeat(3)), 'QL_AUTH_PASSWORD_SHORT')
  assert.equal(fault('🚂'.repeat(256)), 'fine')
  assert.equal(fault('🚂'.repeat(257)), 'QL_AUTH_PASSWORD_LONG')
  assert.equal(fault('x'.repeat(1_000_000)), 'QL_AUTH_PASSWORD_LONG')
})

test('what bcrypt is given fits into its 72 bytes and depends on the pepper', () => {
  const text = bcryptText('п'.repeat(256), pepper)
  assert.match(text, /^[A-Za-z0-9+/]{64}$/)
  assert.notEqual(text, bcryptText('п'.repeat(256), { kid: 'other', key: Buffer.alloc(32, 2) }))
})

test('hashing leaves the event loop and the file pool free', async () => {
  const hasher = new PasswordHasher({ peppers: [pepper] }, 11)
  await hasher.hash('to start the thread')
  const hashes = Promise.all(Array.from({ length: 6 }, () => hasher.hash('a password')))
  let isHashing = true
  void (async () => {
    await hashes
    isHashing = false
  })()
  for (let reads = 0; reads < 20; reads++) await readFile(new URL(import.meta.url))
  assert.ok(isHashing, 'twenty reads have waited for six hashes')
  await hashes
  await hasher.close()
})

test('the thirty-third waiting password is told to come back', async () => {
  const hasher = new PasswordHasher({ peppers: [pepper] }, 4)
  const asked = Array.from({ length: 40 }, () => hasher.hash('a password'))
  const answers = await Promise.allSettled(asked)
  const busy = answers.filter((answer) => answer.status === 'rejected')
  assert.equal(busy.length, 8)
  for (const { reason } of busy) {
    assert.ok(reason instanceof CodedError)
    assert.equal(reason.code, 'QL_BUSY')
    assert.ok((reason.details.retryAfterS ?? 0) >= 1)
  }
  assert.ok(await hasher.hash('and later there is room'))
  await hasher.close()
})

test('closing answers everyone who waits', async () => {
  const hasher = new PasswordHasher({ peppers: [pepper] }, 12)
  const refused = assert.rejects(hasher.hash('a password'), { code: 'QL_BUSY' })
  await hasher.close()
  await refused
})
