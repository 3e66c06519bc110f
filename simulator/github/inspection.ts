import type { Actor } from './model.ts'
import type { Links } from './rest/links.ts'
import type { DeploymentChange } from './store/change.ts'
import type { Answer, TokenGrant } from './types.ts'

/** The authenticated client. */
export interface Caller {
  grant: TokenGrant
  actor: Actor
  links: Links
  emit(change: DeploymentChange): void
}

/** The operation of a request and its problems, determined before it is processed. */
export interface Inspection {
  operation: string
  isWrite: boolean
  /** Differences from GitHub's API descriptions. */
  problems: readonly string[]
  answer(caller: Caller): Answer | Promise<Answer>
}
