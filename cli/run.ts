import type { Command } from 'commander'
import { runStation } from '../core/starting/run-station.ts'
import { inLanguage } from './speech.ts'

/** `quark run` */
export function addRun(program: Command): void {
  program
    .command('run')
    .description(inLanguage({ en: 'start the server', ru: 'запустить сервер' }))
    .action(() => runStation(process.env, { say: console.log, complain: console.error }))
}
