import type {
  ErasedSubject,
  ExportQuestion,
  PersonalDataOwner,
  PersonalDataPort,
} from '../../privacy/index.ts'
import type { PersonalData } from '../../privacy/personal-data.ts'
import type { Binder } from '../binder.ts'
import type { Port } from './docking-port.ts'

/** The module's side: both handlers are bindings like every other. */
export function personalDataPart(binder: Binder): PersonalDataPort {
  return {
    onUserExport: (handler) => binder.bind('exports', {}, handler),
    onUserErase: (handler) => binder.bind('erasures', {}, handler),
  }
}

/** The host's side: a module that has bound both answers for its own data. */
export function dockPersonalData(id: string, port: Port, personalData: PersonalData): () => void {
  const { exports, erasures } = port.bindings
  if (exports.length === 0 || erasures.length === 0) return () => undefined
  const owner = {
    export: (question: ExportQuestion) => port.invoke('exports', 0, question),
    erase: (person: ErasedSubject) => port.invoke('erasures', 0, person),
  }
  return personalData.own(id, owner as PersonalDataOwner)
}
