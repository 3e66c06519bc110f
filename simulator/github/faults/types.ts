import type { Answer } from '../types.ts'

/**
 * What a fault means for the request, from GitHub's side:
 *
 * - `transient`: not processed. A retry succeeds.
 * - `ambiguous`: processed, but the response is lost or unusable.
 * - `late`: processed and answered, but slowly.
 * - `limit`: rate limited for a short time.
 * - `stopped`: rate limited for an hour.
 * - `rejected`: GitHub refuses the request. A retry fails as well.
 * - `moved`: available at another URL of the same server.
 */
export type FaultKind = 'transient' | 'ambiguous' | 'late' | 'limit' | 'stopped' | 'rejected' | 'moved'

/**
 * How a response is written. `half`: half of the text with a matching `content-length`, so that HTTP shows no error.
 * `cut`: the connection ends before `content-length` is reached.
 */
export type Delivery = 'whole' | 'empty' | 'half' | 'cut' | 'pieces'

/** A failure of one request. */
export interface Fault {
  readonly name: string
  readonly kind: FaultKind
  /** GitHub processes the request before it fails. */
  readonly isProcessed?: boolean
  /** How long the response is delayed, in milliseconds. */
  readonly holdMs?: number
  /** Replaces GitHub's response. With `reset` and `refused` there is no response. */
  readonly answer?: Answer | 'reset' | 'refused' | ((facts: FaultFacts) => Answer)
  /** Changes GitHub's response to the first of the requests, which they all get. */
  readonly change?: (answer: Answer, facts: FaultFacts) => Answer
  readonly delivery?: Delivery
  /** How long the delivery in pieces takes, in milliseconds. */
  readonly overMs?: number
}

/** The values that a response can depend on. */
export interface FaultFacts {
  readonly now: number
  readonly origin: string
  /** How many requests the fault was applied to before. */
  readonly hits: number
  /** The path with the repository's id. GitHub redirects to it after a rename. */
  readonly renamed: string
  /** The request's own path. */
  readonly path: string
  /** Another server on this machine. */
  readonly elsewhere: string
}
