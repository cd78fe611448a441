import { followExport } from './parts/follow-export.ts'

/** When an archive is done, the page shows what can be fetched. */
const run = document.querySelector<HTMLElement>('[data-export]')
if (run) void followExport(run, run.dataset['export'] ?? '').then(() => location.reload())
