import type { Migration } from '#core'
import * as chats from './0001-chats.ts'
import * as messages from './0002-messages.ts'
import * as personal from './0003-personal.ts'
import * as search from './0004-search.ts'
import * as shared from './0005-shared.ts'
import * as cards from './0006-cards.ts'
import * as receipts from './0007-receipts.ts'
import * as stems from './0008-stems.ts'
import * as reported from './0009-reported.ts'
import * as postLinks from './0010-post-links.ts'
import * as history from './0011-history.ts'
import * as draftQuotes from './0012-draft-quotes.ts'
import * as oldPostLinks from './0013-old-post-links.ts'

/** The module's steps, in order. Released ones are never edited. */
export const migrations: readonly Pick<Migration, 'name' | 'up'>[] = [
  { name: '0001-chats', up: chats.up },
  { name: '0002-messages', up: messages.up },
  { name: '0003-personal', up: personal.up },
  { name: '0004-search', up: search.up },
  { name: '0005-shared', up: shared.up },
  { name: '0006-cards', up: cards.up },
  { name: '0007-receipts', up: receipts.up },
  { name: '0008-stems', up: stems.up },
  { name: '0009-reported', up: reported.up },
  { name: '0010-post-links', up: postLinks.up },
  { name: '0011-history', up: history.up },
  { name: '0012-draft-quotes', up: draftQuotes.up },
  { name: '0013-old-post-links', up: oldPostLinks.up },
]
