export { CLIENT_VERSION } from './protocol/client-version.ts'
export { Connection, type LinkState, type Wire, type WireEnd } from './protocol/connection.ts'
export {
  type Failure,
  Refused,
  type Told,
  Unanswered,
  type Update,
  type Welcome,
} from './protocol/frames.ts'
export { openSocket } from './protocol/open-socket.ts'
export { browserWorld, type World } from './protocol/world.ts'
export { showAppBadge } from './app-badge.ts'
export { isCalm } from './calm.ts'
export { loadLaterScripts } from './later-scripts.ts'
export { openPicture } from './open-picture.ts'
export { ownPage } from './own-page.ts'
export { keepsPush, subscribeToPush, unsubscribeFromPush } from './push.ts'
export { onShellNews, tellShell } from './shell-news.ts'
export { bindUpload, type UploadPlace } from './upload-progress.ts'
export {
  faultOf,
  MAX_PIXELS,
  PICTURE_TYPES,
  sizeFaultOf,
  Upload,
  UploadFailure,
  type UploadReason,
} from './upload.ts'
export { beginsIn, otherLayout, wordsIn } from '../search/words.ts'
