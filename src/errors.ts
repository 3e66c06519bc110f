/**
 * Something that a person has to know about, in this order: what failed, why it usually does, and the
 * next step. The cause is kept for debugging; only the message is ever printed.
 */
export class ActionError extends Error {
  override name = 'ActionError'
}

/** An input that cannot be used. Found before the first request, so nothing was sent. */
export class InputError extends ActionError {
  override name = 'InputError'
}

export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)
