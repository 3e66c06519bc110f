import type { Answer } from '../types.ts'

/**
 * What a fault means for the request that it meets, as GitHub sees it.
 *
 * `transient`: not done, and done when it is sent again. `ambiguous`: done, but the answer is lost or of no
 * use. `late`: done and answered, only slowly. `limit`: not done before a wait that is worth it. `stopped`: not done before a wait
 * of an hour. `rejected`: GitHub's last word. `moved`: answered at another address of the same server.
 */
export type FaultKind =
  | 'transient'
  | 'ambiguous'
  | 'late'
  | 'limit'
  | 'stopped'
  | 'rejected'
  | 'moved'

/** How an answer is written. `half`: the whole of it is half of the text, so that nothing shows the loss. */
export type Delivery = 'whole' | 'empty' | 'half' | 'cut' | 'pieces'

/** What can happen to one request, as data. */
export interface Fault {
  readonly name: string
  readonly kind: FaultKind
  /** GitHub does what is asked before the fault shows. */
  readonly isDone?: boolean
  /** So long nothing is sent. */
  readonly holdMs?: number
  /** Instead of GitHub's own answer; `reset` and `refused` are none at all. */
  readonly answer?: Answer | 'reset' | 'refused' | ((facts: FaultFacts) => Answer)
  readonly delivery?: Delivery
  /** How long the delivery in pieces takes. */
  readonly overMs?: number
}

/** What an answer may depend on. */
export interface FaultFacts {
  readonly now: number
  readonly origin: string
  /** The same request by the repository's number, as GitHub redirects after a rename. */
  readonly renamed: string
  /** The request's own path. */
  readonly path: string
  /** Another server on this machine. */
  readonly elsewhere: string
}
