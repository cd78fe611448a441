import { PictureRenderer } from '../../core/media/rendering/picture-renderer.ts'
import { PLANS } from '../../core/media/rendering/purpose.ts'

/* Makes the picture it is given and tells which process has made it; both go on until this one is ended. */
const renderer = new PictureRenderer()
await renderer.render(process.argv[2] ?? '', PLANS.picture)
process.send?.(renderer.pid)
process.on('disconnect', () => process.exit(0))
