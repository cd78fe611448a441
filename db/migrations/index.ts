import type { Migration } from '../migrator.ts'
import * as events from './0001-events.ts'
import * as identities from './0002-identities.ts'
import * as modules from './0003-modules.ts'
import * as media from './0004-media.ts'
import * as jobs from './0005-jobs.ts'
import * as mail from './0007-mail.ts'
import * as realtime from './0009-realtime.ts'
import * as references from './0030-realtime.ts'
import * as audit from './0012-audit.ts'
import * as notifications from './0008-notifications.ts'
import * as accounts from './0010-accounts.ts'
import * as figures from './0013-figures.ts'
import * as mediaFiles from './0006-media.ts'
import * as privacy from './0011-privacy.ts'
import * as attachments from './0031-attachments.ts'
import * as toldPushes from './0032-told-pushes.ts'
import * as withheld from './0033-withheld.ts'
import * as guardedUses from './0034-guarded-uses.ts'
import * as actorSubjects from './0035-actor-subjects.ts'
import * as lookalikes from './0013-lookalikes.ts'

/** The core's steps, in order. Released ones are never edited. */
export const coreMigrations: readonly Migration[] = [
  { owner: 'core', name: '0001-events', up: events.up },
  { owner: 'core', name: '0002-identities', up: identities.up },
  { owner: 'core', name: '0003-modules', up: modules.up },
  { owner: 'core', name: '0004-media', up: media.up },
  { owner: 'core', name: '0005-jobs', up: jobs.up },
  { owner: 'core', name: '0007-mail', up: mail.up },
  { owner: 'core', name: '0009-realtime', up: realtime.up },
  { owner: 'core', name: '0030-realtime', up: references.up },
  { owner: 'core', name: '0012-audit', up: audit.up },
  { owner: 'core', name: '0008-notifications', up: notifications.up },
  { owner: 'core', name: '0010-accounts', up: accounts.up },
  { owner: 'core', name: '0006-media', up: mediaFiles.up },
  { owner: 'core', name: '0011-privacy', up: privacy.up },
  { owner: 'core', name: '0013-lookalikes', up: lookalikes.up },
  { owner: 'core', name: '0013-figures', up: figures.up },
  { owner: 'core', name: '0031-attachments', up: attachments.up },
  { owner: 'core', name: '0032-told-pushes', up: toldPushes.up },
  { owner: 'core', name: '0033-withheld', up: withheld.up },
  { owner: 'core', name: '0034-guarded-uses', up: guardedUses.up },
  { owner: 'core', name: '0035-actor-subjects', up: actorSubjects.up },
]
