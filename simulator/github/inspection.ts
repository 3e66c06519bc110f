import type { Announcement } from './events.ts'
import type { Actor } from './model.ts'
import type { Links } from './rest/call.ts'
import type { Answer, TokenGrant } from './types.ts'

/** Who asks, once the token is known. */
export interface Caller {
  grant: TokenGrant
  actor: Actor
  links: Links
  announce(announcement: Announcement): void
}

/** What a request means, found out before anything happens. */
export interface Inspection {
  operation: string
  isWrite: boolean
  /** Why GitHub's own descriptions find it wrong. */
  problems: readonly string[]
  answer(caller: Caller): Answer | Promise<Answer>
}
