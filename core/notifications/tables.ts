export interface NotificationTable {
  readonly id: string
  readonly user_id: string
  readonly kind: string
  readonly text_ru: string
  readonly text_en: string
  readonly many_ru: string | null
  readonly many_en: string | null
  readonly quote: string | null
  readonly url: string
  readonly subject: string | null
  readonly fold: string | null
  readonly actor_id: string | null
  readonly actors: number
  /** The call that knows what a push of it says; null: the row itself does. */
  readonly teller: string | null
  readonly is_listed: number
  readonly at: string
  readonly read_at: string | null
}

export interface NotificationTables {
  notifications: NotificationTable
  notification_actors: {
    notification_id: string
    user_id: string
    subject: string | null
    /** When they did it last; empty where it is not known. */
    at: string
  }
  notification_choices: {
    user_id: string
    kind: string
    in_app: number
    push: number
    mail: number
  }
  notification_preferences: { user_id: string; is_discreet: number }
  notification_errands: {
    notification_id: string
    channel: 'push' | 'mail'
    attempts: number
    due_at: string
    /** JSON of the browsers whose push service was not there; null: all of them. */
    browsers: string | null
  }
  push_subscriptions: {
    id: string
    user_id: string
    session_id: string
    endpoint: string
    p256dh: string
    auth: string
    created_at: string
  }
}
