export { bindUpload, type UploadPlace } from './upload-progress.ts'
export { faultOf, PICTURE_TYPES, Upload, UploadFailure, type UploadReason } from './upload.ts'
