import { followBackup } from './parts/backup-progress.ts'

/** When a backup has ended, the page shows how. */
const place = document.querySelector<HTMLElement>('[data-backup]')
if (place) {
  await followBackup(place)
  location.reload()
}
