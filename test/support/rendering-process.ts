import { PictureRenderer } from '../../core/media/picture-renderer.ts'
import { PLANS } from '../../core/media/purpose.ts'
import { ONE_PIXEL } from './pictures.ts'

/* Makes a picture and tells which process has made it; both go on until this one is ended. */
const renderer = new PictureRenderer()
await renderer.render(ONE_PIXEL, PLANS.picture)
process.send?.(renderer.pid)
process.on('disconnect', () => process.exit(0))
