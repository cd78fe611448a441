export { Avatar, type AvatarProps, initialsOf } from './avatar.tsx'
export { BackLink, type BackLinkProps } from './back-link.tsx'
export { Button, type ButtonProps, LinkButton, type LinkButtonProps } from './button.tsx'
export { Card, type CardProps } from './card.tsx'
export { Chip, type ChipProps } from './chip.tsx'
export {
  ago,
  fullDate,
  type Instant,
  machineDate,
  monthAndYear,
  shortDate,
  timeOfDay,
} from './dates.ts'
export { EmptyState, type EmptyStateProps } from './empty-state.tsx'
export {
  Field,
  FieldError,
  type FieldProps,
  Select,
  type SelectProps,
  TextArea,
  type TextAreaProps,
} from './field.tsx'
export { Icon, type IconProps } from './icon.tsx'
export { ICON_NAMES, type IconName, isIconName } from './icon-names.ts'
export { documentOf } from './layout.tsx'
export type {
  AdminFrame,
  Feed,
  LayoutProps,
  NavItem,
  Registration,
  Shell,
  Viewer,
} from './layout-props.ts'
export { LetterBody, type LetterProps } from './letter.tsx'
export { Mark } from './mark.tsx'
export { markupOf } from './markup.ts'
export { MetaLine } from './meta-line.tsx'
export { Notice, type NoticeKind, type NoticeProps } from './notice.tsx'
export { PageHeading, type PageHeadingProps } from './page-heading.tsx'
export { Pagination, type PaginationProps } from './pagination.tsx'
export {
  type ApiDocsProps,
  ApiDocsPage,
  type ApiGroup,
  type ApiOperation,
  type ApiParameter,
  type ApiPayload,
  type ApiResponse,
} from './pages/api-docs.tsx'
export { ErrorPage, type ErrorPageProps } from './pages/error.tsx'
export {
  MailboxLetterPage,
  type MailboxLetterProps,
  MailboxPage,
  type MailboxProps,
} from './pages/mailbox.tsx'
export { MailQueuePage, type MailQueueProps, type QueuedMail } from './pages/mail-queue.tsx'
export {
  type NotificationChannel,
  type NotificationChoice,
  NotificationSettings,
  type NotificationSettingsProps,
} from './pages/notification-settings.tsx'
export {
  type NotificationDay,
  NotificationsPage,
  type NotificationsProps,
} from './pages/notifications.tsx'
export type { NotificationItem } from './pages/notification-row.tsx'
export { OfflinePage, type OfflinePageProps } from './pages/offline.tsx'
export { UnsubscribePage, type UnsubscribeProps } from './pages/unsubscribe.tsx'
export { LandingPage, type LandingProps } from './pages/landing.tsx'
export { PalettePage, type PalettePlace, type PaletteProps } from './pages/palette.tsx'
export { PeopleStrip, type PersonSummary } from './people-strip.tsx'
export {
  FreshPosts,
  type FreshPostsProps,
  type PostImage,
  PostMeta,
  type PostSummary,
} from './post-card.tsx'
export {
  type Flavour,
  FLAVOURS,
  FlavourSwitch,
  LanguageSwitch,
  type Motion,
  MOTIONS,
  TEXT_SIZES,
  type TextSize,
  type Theme,
  THEMES,
  ThemeSwitch,
} from './preferences.tsx'
export { SectionHeading, type SectionHeadingProps } from './section-heading.tsx'
export type { Locale, Speech, Translate } from './translate.ts'
export { TrustedHtml, type TrustedHtmlProps } from './trusted-html.tsx'
export { UndoToast, type UndoToastProps } from './undo-toast.tsx'
export { UploadProgress } from './upload-progress.tsx'
export { VisuallyHidden } from './visually-hidden.tsx'
