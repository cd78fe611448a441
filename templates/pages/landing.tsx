import type { VNode } from 'preact'
import { Button, LinkButton } from '../button.tsx'
import { Field } from '../field.tsx'
import type { IconName } from '../icon-names.ts'
import { Icon } from '../icon.tsx'
import type { Registration } from '../layout-props.ts'
import { PeopleStrip, type PersonSummary } from '../people-strip.tsx'
import { PostMeta, type PostSummary } from '../post-card.tsx'
import { type Flavour, FlavourSwitch } from '../preferences.tsx'
import { SectionHeading } from '../section-heading.tsx'
import type { Speech } from '../translate.ts'
import { TrustedHtml } from '../trusted-html.tsx'
import { Orbits } from './orbits.tsx'

export type LandingProps = Speech & {
  readonly stationName: string
  /** The operator's own words about the station; the built-in ones when left out. */
  readonly about?: string | undefined
  readonly flavour: Flavour
  readonly path: string
  readonly timeZone: string
  /** Someone signed in sees what is new without the invitation around it. */
  readonly viewer?: { readonly displayName: string } | undefined
  /** Where a new post begins; no button when nothing offers writing. */
  readonly writeHref?: string | undefined
  readonly registration: Registration
  /** The post on the card of the picture; a welcome when left out. */
  readonly pinned?: PostSummary | undefined
  /** Rendered bodies of «Свежее на станции», one per module that offers one. */
  readonly fresh: readonly string[]
  readonly allPostsHref?: string | undefined
  /** Up to six are shown. */
  readonly people: readonly PersonSummary[]
}

export function LandingPage(props: LandingProps): VNode {
  return (
    <div class="landing">
      {props.viewer ? <Greeting {...props} viewer={props.viewer} /> : <Hero {...props} />}
      <Fresh {...props} />
      {!props.viewer && <Explanations {...props} />}
      <People {...props} />
      {!props.viewer && <Join {...props} />}
    </div>
  )
}

function Greeting({
  t,
  viewer,
  writeHref,
}: LandingProps & { readonly viewer: { readonly displayName: string } }): VNode {
  return (
    <header class="greeting">
      <h1>{t('landing.greeting', { name: viewer.displayName })}</h1>
      {writeHref !== undefined && (
        <LinkButton href={writeHref} kind="primary" icon="square-pen">
          {t('landing.write')}
        </LinkButton>
      )}
    </header>
  )
}

function Hero(props: LandingProps): VNode {
  const { t } = props
  return (
    <section class="hero">
      <div class="hero-words">
        <h1>
          {t('landing.title')} <em>{t('landing.titleEnd')}</em>
        </h1>
        <p class="hero-text">{props.about ?? t('landing.about', { station: props.stationName })}</p>
        <div class="hero-buttons">
          {props.registration === 'open' && (
            <LinkButton href="/auth/register" kind="primary" size="l">
              {t('landing.create')}
            </LinkButton>
          )}
          {props.registration !== 'absent' && (
            <LinkButton href="/auth/login" size="l">
              {t('landing.signIn')}
            </LinkButton>
          )}
        </div>
        <div class="hero-colour">
          <span>{t('landing.colour')}</span>
          <FlavourSwitch {...props} />
        </div>
      </div>
      <div class="hero-picture">
        <Orbits />
        {props.pinned ? <PinnedCard {...props} post={props.pinned} /> : <WelcomeCard {...props} />}
      </div>
    </section>
  )
}

function PinnedCard(props: LandingProps & { readonly post: PostSummary }): VNode {
  const { post } = props
  return (
    <article class="hero-card pressable">
      {post.image ? (
        <img
          src={post.image.src}
          width={post.image.width}
          height={post.image.height}
          alt={post.image.alt}
          decoding="async"
        />
      ) : (
        <div class="hero-card-art" />
      )}
      <div class="hero-card-text">
        <h2>
          <a href={post.href}>{post.title}</a>
        </h2>
        <PostMeta {...props} />
      </div>
    </article>
  )
}

/** A station without posts says so and offers the first step. */
function WelcomeCard({ t, stationName, registration }: LandingProps): VNode {
  return (
    <article class="hero-card">
      <div class="hero-card-art" />
      <div class="hero-card-text">
        <h2>{t('landing.welcome', { station: stationName })}</h2>
        <p>{t(registration === 'open' ? 'landing.welcomeOpen' : 'landing.welcomeClosed')}</p>
      </div>
    </article>
  )
}

function Fresh({ t, fresh, allPostsHref }: LandingProps): VNode {
  const more =
    allPostsHref === undefined ? undefined : { href: allPostsHref, label: t('landing.allPosts') }
  return (
    <section class="landing-section" aria-labelledby="fresh">
      <SectionHeading id="fresh" title={t('landing.fresh')} more={more} />
      {fresh.length === 0 ? (
        <p class="fresh-quiet">{t('landing.quiet')}</p>
      ) : (
        fresh.map((html, index) => <TrustedHtml key={index} html={html} />)
      )}
    </section>
  )
}

const EXPLANATIONS: readonly { readonly icon: IconName; readonly key: string }[] = [
  { icon: 'book-open', key: 'blog' },
  { icon: 'file-text', key: 'data' },
  { icon: 'blocks', key: 'modules' },
]

function Explanations({ t }: LandingProps): VNode {
  return (
    <section class="explained" aria-label={t('landing.explained')}>
      {EXPLANATIONS.map(({ icon, key }) => (
        <div key={key}>
          <Icon name={icon} size={24} />
          <h3>{t(`landing.${key}.title`)}</h3>
          <p>{t(`landing.${key}.text`)}</p>
        </div>
      ))}
    </section>
  )
}

function People({ t, people }: LandingProps): VNode | null {
  if (people.length === 0) return null
  return (
    <section class="landing-section" aria-labelledby="people">
      <SectionHeading id="people" title={t('landing.people')} />
      <PeopleStrip people={people.slice(0, 6)} />
    </section>
  )
}

function Join({ t, registration }: LandingProps): VNode {
  return (
    <section class="join">
      <div>
        <h2>{t('landing.room')}</h2>
        <p>{t(ROOM[registration])}</p>
      </div>
      {registration === 'open' && (
        <LinkButton href="/auth/register" kind="primary" size="l">
          {t('landing.create')}
        </LinkButton>
      )}
      {registration === 'invitation' && (
        <form class="join-invitation" method="get" action="/auth/register">
          <Field name="invitation" label={t('landing.invitation')} spelling="off" required />
          <Button kind="primary">{t('landing.useInvitation')}</Button>
        </form>
      )}
    </section>
  )
}

const ROOM: Readonly<Record<Registration, string>> = {
  open: 'landing.roomOpen',
  invitation: 'landing.roomInvited',
  closed: 'landing.roomClosed',
  absent: 'landing.roomClosed',
}
