import { type AskedWord, isMeant } from '#core'
import { type Said, saidIn } from './word-index.ts'

/** Every word that is asked for is said in the message. */
export function saysAll(message: Said, asked: readonly AskedWord[]): boolean {
  const said = [...saidIn(message)]
  return asked.every((word) => said.some((each) => isMeant(each, word)))
}
