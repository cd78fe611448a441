import type { VNode } from 'preact'
import type { Chat } from '../../protocol/dto.ts'
import type { Over } from '../../desk/over.ts'
import { useHands, useWatched } from '../../desk/use-desk.ts'
import { EditChatDialog } from '../details/edit-chat-dialog.tsx'
import { RightsDialog } from '../details/rights-dialog.tsx'
import {
  AddDialog,
  BlockDialog,
  ClearDialog,
  Confirm,
  LeaveDialog,
  MuteDialog,
  RemoveDialog,
} from './chat-dialogs.tsx'
import { ChatMenu } from './chat-menu.tsx'
import { CreateDialog } from './create-dialog.tsx'
import { FilesDialog } from './files-dialog.tsx'
import {
  DateDialog,
  DeleteDialog,
  EditOutgoingDialog,
  ForwardDialog,
  SwitchDialog,
} from './message-dialogs.tsx'
import { MessageMenu, OutgoingMenu } from './message-menu.tsx'
import { PinsDialog } from './pins-dialog.tsx'
import { Viewer } from './viewer.tsx'
import { WhoDialog } from './who-dialog.tsx'

/** Whatever lies over the panes: one thing at a time. */
export function Overs(): VNode | null {
  const { desk } = useHands()
  useWatched(desk)
  const { over } = desk
  if (!over) return null
  const id = 'chat' in over ? over.chat : desk.chat
  const chat = id === undefined ? undefined : desk.messenger.book.chat(id)
  return atLarge(over) ?? (chat ? aboutChat(over, chat) : null)
}

function atLarge(over: Over): VNode | undefined {
  if (over.kind === 'message') return <MessageMenu {...over} />
  if (over.kind === 'outgoing') return <OutgoingMenu {...over} />
  if (over.kind === 'chat') return <ChatMenu {...over} />
  if (over.kind === 'create') return <CreateDialog what={over.what} />
  if (over.kind === 'confirm') return <Confirm {...over.question} />
  if (over.kind === 'viewer') return <Viewer {...over} />
  if (over.kind === 'edit-outgoing') return <EditOutgoingDialog item={over.item} />
  return over.kind === 'switch' ? <SwitchDialog /> : undefined
}

const OF_CHAT = {
  leave: LeaveDialog,
  remove: RemoveDialog,
  clear: ClearDialog,
  'edit-chat': EditChatDialog,
  add: AddDialog,
  mute: MuteDialog,
  block: BlockDialog,
  pins: PinsDialog,
  date: DateDialog,
} as const

function aboutChat(over: Over, chat: Chat): VNode | null {
  if (over.kind === 'forward') return <ForwardDialog chat={chat} seqs={over.seqs} />
  if (over.kind === 'delete') return <DeleteDialog chat={chat} seqs={over.seqs} />
  if (over.kind === 'rights') return <RightsDialog chat={chat} {...over.appointment} />
  if (over.kind === 'who') return <WhoDialog {...over} chat={chat} />
  if (over.kind === 'files') return <FilesDialog chat={chat.id} files={over.files} />
  if (!(over.kind in OF_CHAT)) return null
  const Chosen = OF_CHAT[over.kind as keyof typeof OF_CHAT]
  return <Chosen chat={chat} />
}

/** What was just done, or why it was not. */
export function ToastLine(): VNode {
  const { desk } = useHands()
  useWatched(desk)
  const { toast } = desk
  return (
    <div class="toast-place" role="status" aria-live="polite">
      {toast && (
        <div class="toast">
          <span>{toast.text}</span>
          {toast.action && (
            <button
              type="button"
              onClick={() => {
                toast.action?.run()
                desk.hush()
              }}
            >
              {toast.action.label}
            </button>
          )}
        </div>
      )}
    </div>
  )
}
