import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildTestStation } from '../../test/support/station.ts'

/** Columns that say who somebody is, or point at them. */
const TELLS_WHO =
  /(^|_)(user|owner|author|actor|subject|account|sender|member|follower|blocker|inviter|recipient|reporter|target)(_id|_name|_url)?$|_by$|^username$|^email|^ip$|^user_agent$|^display_name$|^bio$/

/**
 * Every column that tells who somebody is: whose eraser clears it, or why it may stay. A new table
 * with such a column fails this test until it stands here, and what is promised here is proved by
 * the erasure tests.
 */
const CLEARED: Readonly<Record<string, string>> = {
  'identities.username': 'auth: a tombstone',
  'identities.email': 'auth: a tombstone',
  'sessions.user_id': 'auth: deleted',
  'sessions.ip': 'auth: deleted',
  'sessions.user_agent': 'auth: deleted',
  'known_devices.user_id': 'auth: deleted',
  'second_factors.user_id': 'auth: deleted',
  'recovery_codes.user_id': 'auth: deleted',
  'account_links.user_id': 'auth: deleted',
  'account_links.email': 'auth: deleted',
  'invitations.made_by': 'auth: deleted',
  'registrations.username': 'auth: deleted by the address; else gone with the retention time',
  'registrations.email': 'auth: deleted; else gone with the retention time',
  'founding.user_id': 'stays: who founded the station, by id',
  'media.owner_id': 'media: deleted; kept pictures point at the tombstone',
  'media_usage.owner_id': 'media: a sum of bytes, by id',
  'media_uses.used_by': 'media: deleted with the picture',
  'notifications.user_id': 'notifications: deleted',
  'notifications.actor_id': 'notifications: deleted',
  'notifications.subject': 'notifications: deleted with the line',
  'notification_actors.user_id': 'notifications: deleted',
  'notification_choices.user_id': 'notifications: deleted',
  'notification_preferences.user_id': 'notifications: deleted',
  'push_subscriptions.user_id': 'notifications: deleted',
  'event_deliveries.subject': 'events: deleted with the event',
  'settings.owner': 'stays: the name of a module, not of a person',
  'schema_migrations.owner': 'stays: the name of a module, not of a person',
  'consent_records.user_id': 'stays: proof of consent, pointing at the tombstone',
  'consent_records.ip': 'privacy: emptied',
  'consent_records.user_agent': 'privacy: emptied',
  'legal_documents.published_by': 'stays: the operator who answers for the text, by id',
  'personal_exports.user_id': 'privacy: deleted with the files',
  'erasure_requests.user_id': 'stays: shows that the wish was fulfilled, pointing at the tombstone',
  'audit_log.actor_id': 'stays: the sealed log of deeds, by id, until its own time is over',
  'audit_log.subject': 'stays: the sealed log of deeds, by id, until its own time is over',
  'audit_log.ip': 'stays: the sealed log of deeds, until its own time is over',
  'letters.recipient': 'mail: deleted',
  'letters.subject': 'mail: deleted',
  'realtime_heads.user_id': 'realtime: deleted',
  'realtime_updates.user_id': 'realtime: deleted',
  'messaging_chats.created_by': 'messaging: emptied',
  'messaging_members.user_id': 'messaging: deleted',
  'messaging_invites.created_by': 'messaging: deleted',
  'messaging_messages.sender_id': 'messaging: emptied; the texts go, or stay without an author',
  'messaging_events.actor_id': 'messaging: emptied',
  'messaging_reactions.user_id': 'messaging: deleted',
  'messaging_views.user_id': 'messaging: deleted',
  'messaging_mentions.user_id': 'messaging: deleted',
  'messaging_hidden.user_id': 'messaging: deleted',
  'messaging_drafts.user_id': 'messaging: deleted',
  'messaging_presence.user_id': 'messaging: deleted',
  'moderation_reports.reporter_id': 'moderation: emptied of words, pointing at the tombstone',
  'moderation_reports.subject': 'moderation: deleted where it is the person',
  'moderation_reports.decided_by': 'stays: who decided, by id',
  'moderation_decisions.subject': 'moderation: deleted where it is the person',
  'moderation_decisions.author_id': 'moderation: emptied, with all words',
  'moderation_decisions.decided_by': 'stays: who decided, by id',
  'moderation_decisions.restored_by': 'stays: who decided, by id',
  'moderation_decisions.upheld_by': 'stays: who decided, by id',
  'relations_edges.user_id': 'relations: deleted',
  'relations_edges.target_id': 'relations: deleted',
  'user_management_profiles.user_id': 'user-management: deleted, or emptied',
  'user_management_profiles.username': 'user-management: deleted, or a tombstone',
  'user_management_profiles.display_name': 'user-management: deleted, or a tombstone',
  'user_management_profiles.bio': 'user-management: deleted, or emptied',
  'search_words.owner': 'search: deleted',
  'search_words.subject': 'search: deleted',
  'blog_posts.author_id': 'blog: deleted; kept posts point at the tombstone',
  'blog_slugs.author_id': 'blog: deleted; kept posts point at the tombstone',
  'blog_revisions.created_by': 'blog: deleted; kept posts point at the tombstone',
  'blog_tags.author_id': 'blog: deleted; kept posts point at the tombstone',
  'blog_post_tags.author_id': 'blog: deleted; kept posts point at the tombstone',
  'blog_months.author_id': 'blog: deleted; kept posts point at the tombstone',
  'blog_comments.author_id': 'blog: emptied',
  'blog_comments.author_name': 'blog: a tombstone',
  'blog_comments.author_url': 'blog: emptied',
  'blog_media.author_id': 'blog: deleted',
}

test('every column that tells who somebody is has an eraser, or a reason to stay', async () => {
  await using t = await buildTestStation({ dialect: 'sqlite' })
  const { reader } = t.station.database
  const tables = await reader.all(
    `select name from sqlite_master where type = 'table' and name not like 'sqlite_%'`,
  )
  const columns: string[] = []
  for (const { name } of tables) {
    for (const column of await reader.all(
      `select name from pragma_table_info('${String(name)}')`,
    )) {
      if (TELLS_WHO.test(String(column['name']))) {
        columns.push(`${String(name)}.${String(column['name'])}`)
      }
    }
  }
  assert.ok(columns.length > 20)
  assert.deepEqual(columns.toSorted(), Object.keys(CLEARED).toSorted())
  const owners = new Set(t.station.personalData.names)
  const promised = Object.values(CLEARED).flatMap((reason) => reason.split(':')[0] ?? [])
  for (const owner of new Set(promised)) {
    assert.ok(owner === 'stays' || owners.has(owner), `${owner} has no eraser`)
  }
})
