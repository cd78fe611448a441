/// <reference types="node" />
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LinkState } from '#client'
import { Watched } from '../store/watched.ts'
import { type RenewalWorld, renewWhenOutdated } from './renewal.ts'

class FakeMessenger extends Watched {
  link: LinkState = 'live'
  readonly outbox = { size: 0 }

  become(link: LinkState): void {
    this.link = link
    this.changed()
  }
}

/** A tab; what it remembers outlives its reloads. */
class FakePage implements RenewalWorld {
  kept: string | null = null
  isTyping = false
  reloads = 0

  remembered(): string | null {
    return this.kept
  }

  remember(version: string): void {
    this.kept = version
  }

  isBusy(): boolean {
    return this.isTyping
  }

  reload(): void {
    this.reloads++
  }
}

function opened(page: FakePage, waiting = 0): FakeMessenger {
  const messenger = new FakeMessenger()
  messenger.outbox.size = waiting
  renewWhenOutdated(messenger as never, page)
  return messenger
}

test('a page that is too old reloads itself once, and not again when that was of no use', () => {
  const page = new FakePage()
  const messenger = opened(page)
  messenger.become('waiting')
  assert.equal(page.reloads, 0)
  for (let times = 0; times < 3; times++) messenger.become('outdated')
  assert.equal(page.reloads, 1)
  opened(page).become('outdated')
  assert.equal(page.reloads, 1)
})

test('it does not while something is typed or waits to be sent, nor where nothing is remembered', () => {
  const typing = Object.assign(new FakePage(), { isTyping: true })
  opened(typing).become('outdated')
  const page = new FakePage()
  opened(page, 1).become('outdated')
  const forgetful = Object.assign(new FakePage(), {
    remember: () => {
      throw new Error('Nothing is kept')
    },
  })
  opened(forgetful).become('outdated')
  assert.deepEqual([typing.reloads, page.reloads, forgetful.reloads], [0, 0, 0])
})
