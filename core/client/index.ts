export { keepsPush, subscribeToPush, unsubscribeFromPush } from './push.ts'
export { bindUpload, type UploadPlace } from './upload-progress.ts'
export { faultOf, PICTURE_TYPES, Upload, UploadFailure, type UploadReason } from './upload.ts'
export { beginsIn, otherLayout, wordsIn } from '../search/words.ts'
