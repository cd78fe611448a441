import { accountCard } from './account-card.tsx'
import type { SettingsCard } from './card.ts'
import { flavourCard } from './flavour-card.tsx'
import { coverCard, portraitCard } from './portrait-card.tsx'
import { profileCard } from './profile-card.tsx'
import { regionCard } from './region-card.tsx'
import { securityCard } from './security-card.tsx'
import { sessionsCard } from './sessions-card.tsx'
import { themeCard } from './theme-card.tsx'
import { visibilityCard } from './visibility-card.tsx'

/** This module's cards in the order of the list of sections; those of others follow. */
export const CARDS: readonly SettingsCard[] = [
  profileCard,
  portraitCard,
  flavourCard,
  themeCard,
  coverCard,
  visibilityCard,
  regionCard,
  accountCard,
  securityCard,
  sessionsCard,
]
