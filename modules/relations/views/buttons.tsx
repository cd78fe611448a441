import { Button, type ButtonProps, Icon, type IconName, type Speech, UndoToast } from '#core'
import type { ComponentChildren, VNode } from 'preact'
import type { Standing } from '../circle.ts'
import type { Kind } from '../tables.ts'

type Props = Speech & { readonly username: string; readonly standing: Standing }

/** The one button beside a name: it says what pressing it does. */
export function FollowButton(
  props: Props & {
    /** True right after following has ended. */
    readonly isUnfollowed: boolean
  },
): VNode {
  const { t, username, isUnfollowed } = props
  return (
    <>
      <Following {...props} />
      {isUnfollowed && (
        <UndoToast
          text={t('relations.unfollowed', { name: `@${username}` })}
          label={t('relations.followAgain')}
          action={`/user/${username}/relation`}
          fields={{ kind: 'follow', on: 'true' }}
        />
      )}
    </>
  )
}

function Following({ t, username, standing }: Props): VNode {
  if (standing.blocks) {
    return (
      <Decision username={username} kind="block" on={false} look="line" icon="lock">
        {t('relations.unblock')}
      </Decision>
    )
  }
  if (standing.follows) {
    return (
      <Decision username={username} kind="follow" on={false} look="soft" icon="check">
        <span class="follow-is">{t('relations.follows')}</span>
        <span class="follow-end">{t('relations.unfollow')}</span>
      </Decision>
    )
  }
  return (
    <Decision username={username} kind="follow" on look="primary" icon="plus">
      {t('relations.follow')}
    </Decision>
  )
}

type DecisionProps = {
  readonly username: string
  readonly kind: Kind
  readonly on: boolean
  readonly look: ButtonProps['kind']
  readonly icon?: ButtonProps['icon']
  readonly from?: 'settings'
  readonly children: ComponentChildren
}

/** A form of one button. */
export function Decision(props: DecisionProps): VNode {
  return (
    <form method="post" action={`/user/${props.username}/relation`}>
      <input type="hidden" name="kind" value={props.kind} />
      <input type="hidden" name="on" value={String(props.on)} />
      {props.from && <input type="hidden" name="from" value={props.from} />}
      <Button kind={props.look} icon={props.icon}>
        {props.children}
      </Button>
    </form>
  )
}

/** Rarer decisions, in the menu behind the dots. */
export function MenuItems({ t, username, standing }: Props): VNode {
  const { mutes, blocks } = standing
  return (
    <>
      <MenuItem username={username} kind="mute" on={!mutes} icon={mutes ? 'bell' : 'bell-off'}>
        {t(mutes ? 'relations.unmute' : 'relations.mute')}
      </MenuItem>
      <MenuItem username={username} kind="block" on={!blocks} icon="ban" danger={!blocks}>
        {t(blocks ? 'relations.unblockName' : 'relations.blockName', { name: `@${username}` })}
      </MenuItem>
    </>
  )
}

type MenuItemProps = {
  readonly username: string
  readonly kind: Kind
  readonly on: boolean
  readonly icon: IconName
  readonly danger?: boolean
  readonly children: string
}

function MenuItem({ username, kind, on, icon, danger, children }: MenuItemProps): VNode {
  return (
    <form method="post" action={`/user/${username}/relation`}>
      <input type="hidden" name="kind" value={kind} />
      <input type="hidden" name="on" value={String(on)} />
      <button class={danger ? 'menu-item menu-danger' : 'menu-item'}>
        <Icon name={icon} size={18} />
        {children}
      </button>
    </form>
  )
}
