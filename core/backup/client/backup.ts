import { followBackup } from './parts/backup-progress.ts'

/** When a backup has ended, the page shows how. */
const place = document.querySelector<HTMLElement>('[data-backup]')
if (place) void followBackup(place).then(() => location.reload())
