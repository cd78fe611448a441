export type { Static } from 'typebox'
export { Type } from './type.ts'
export type * from './app.ts'
export type * from './port/events.ts'
export type * from './port/media.ts'
export type * from './port/outside.ts'
export type * from './port/requests.ts'
export type * from './port/transaction.ts'
export type { Locale } from './port/requests.ts'
export type { Auth, Client, Identity, NewIdentity, StartedSession } from './auth/index.ts'
export type {
  ActForMany,
  CountedColumn,
  AuditRecord,
  ConsumerLag,
  DeadLetter,
  FigurePoint,
  HealthReport,
  Invitation,
  LimitsInForce,
  Outcome,
  PeopleQuery,
  PeopleSort,
  Person,
  PersonSession,
  SeenWithin,
  SettingGroup,
  Words,
} from './administration/index.ts'
export { peopleOrder } from './administration/people-order.ts'
export type { AuditFilter, Verification } from './audit/index.ts'
export type { OwnSession } from './auth/session/own-sessions.ts'
export {
  absoluteHtml,
  atomOf,
  type FeedContent,
  type FeedEntry,
  jsonFeedOf,
  rssOf,
} from './feeds.ts'
export { spreadsheet } from './csv.ts'
export { CodedError, defineErrors, type FieldProblem } from './errors.ts'
export { provideCounts } from './calls/counted.ts'
export {
  HidingReason,
  type Moderated,
  type ModeratedState,
  type ModerationAct,
  type ModerationOrder,
  provideToModerators,
  Reported,
} from './calls/reported.ts'
export { newId } from './ids.ts'
export { ownPath } from './http/requests/own-path.ts'
export {
  type AskedWord,
  beginsIn,
  type FoundWord,
  isMeant,
  type Mark,
  marksIn,
  otherLayout,
  stemOf,
  waysToRead,
  wordsIn,
} from './search/index.ts'
export type { PresenceChange, UpdateData } from './realtime/index.ts'
export type { MethodHandler, MethodOptions, MethodRequest } from './realtime/method.ts'
export type { NewNotification, PushQuestion, PushWords } from './notifications/index.ts'
export type {
  ErasedData,
  ErasedSubject,
  ExportedData,
  ExportedFile,
  ExportQuestion,
} from './privacy/index.ts'
export type { Block, HtmlPage, PageHead, PagePart, PageResult, SlotContext } from './views/page.ts'
export { renderView } from './views/render-view.ts'
export type { Migration, MigrationContext } from '../db/index.ts'
export * from '../templates/index.ts'
