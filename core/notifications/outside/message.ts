import type { Translate } from '../../../templates/index.ts'
import type { Locale } from '../../port/requests.ts'
import type { NotificationLine } from '../index.ts'
import type { NotificationTable } from '../tables.ts'

/** One notification ready to be said to its person. */
export interface Message {
  readonly row: NotificationTable
  readonly line: NotificationLine
  readonly sentence: string
  readonly t: Translate
  readonly locale: Locale
}
