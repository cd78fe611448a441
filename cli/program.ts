import { Command, CommanderError } from 'commander'
import { startFailure } from '../core/starting/start-failure.ts'
import { addBackup } from './backup.ts'
import { addBackupVerify } from './backup-verify.ts'
import { addCreate } from './create.ts'
import { addDatabaseMigrate } from './db-migrate.ts'
import { addDemo } from './demo.ts'
import { addEvents } from './events.ts'
import { addImport } from './import.ts'
import { addKeysRotate } from './keys-rotate.ts'
import { addModuleCheck } from './module-check.ts'
import { addModuleList } from './module-list.ts'
import { addRestore } from './restore.ts'
import { addRun } from './run.ts'
import { addSessionsEnd } from './sessions-end.ts'
import { CommandFailure, inLanguage } from './speech.ts'
import { addUserCreate } from './user-create.ts'
import { addUserReset } from './user-reset.ts'

const USAGE_ERROR = 2

/** Headings that commander writes itself. */
const HEADINGS: Readonly<Record<string, string>> = {
  'Usage:': 'Использование:',
  'Arguments:': 'Аргументы:',
  'Options:': 'Параметры:',
  'Commands:': 'Команды:',
}

/**
 * The `quark` command. Exit code 0: done; 1: refused or failed, with one sentence on stderr;
 * 2: the words of the command are wrong.
 */
export async function runCommand(argv: readonly string[]): Promise<void> {
  const program = new Command('quark')
    .description(
      inLanguage({
        en: 'Runs and tends a Quark-Light station',
        ru: 'Запускает и обслуживает станцию Quark-Light',
      }),
    )
    .helpOption('-h, --help', inLanguage({ en: 'show help', ru: 'показать справку' }))
    .helpCommand(false)
    .configureHelp({ styleTitle: inOwnWords })
    .exitOverride()
  for (const add of [
    addRun,
    addCreate,
    addModuleList,
    addModuleCheck,
    addDatabaseMigrate,
    addUserCreate,
    addUserReset,
    addSessionsEnd,
    addImport,
    addDemo,
    addEvents,
    addBackup,
    addBackupVerify,
    addRestore,
    addKeysRotate,
  ]) {
    add(program)
  }
  try {
    await program.parseAsync([...argv])
  } catch (error) {
    if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : USAGE_ERROR)
    console.error(error instanceof CommandFailure ? error.message : startFailure(error))
    process.exit(1)
  }
}

function inOwnWords(heading: string): string {
  return inLanguage({ en: heading, ru: HEADINGS[heading] ?? heading })
}
