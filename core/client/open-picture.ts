import { sizeFaultOf } from './upload.ts'

/**
 * A decoded picture, upright as its camera has noted it.
 *
 * @throws UploadFailure for more pixels, by default what the station takes: decoding them could end the tab.
 */
export async function openPicture(file: Blob, most?: number): Promise<ImageBitmap> {
  const { naturalWidth, naturalHeight } = await loadedImage(file)
  const fault = sizeFaultOf(naturalWidth, naturalHeight, most)
  if (fault) throw fault
  return createImageBitmap(file, { imageOrientation: 'from-image' })
}

/** Its size is known, and nothing is decoded before it is drawn. Pages may show `data:`, not `blob:`. */
async function loadedImage(file: Blob): Promise<HTMLImageElement> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => resolve(reader.result as string))
    reader.addEventListener('error', () => reject(new Error('The file cannot be read')))
    reader.readAsDataURL(file)
  })
  const image = new Image()
  return new Promise((resolve, reject) => {
    image.addEventListener('load', () => resolve(image))
    image.addEventListener('error', () => reject(new Error('This is no picture')))
    image.src = url
  })
}
