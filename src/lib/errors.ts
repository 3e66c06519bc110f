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

/** What a request that failed leaves a person with, each part a sentence or a few; empty: nothing to say. */
export interface RequestErrorParts {
  readonly failed: string
  /** What there is now on GitHub: only who asked for it knows. */
  readonly exists: string
  readonly next: string
}

/** A request that GitHub did not do. */
export class RequestError extends ActionError {
  override name = 'RequestError'
  readonly parts: RequestErrorParts

  constructor(trouble: RequestErrorParts, cause: unknown) {
    const parts = [trouble.failed, trouble.exists, trouble.next]
    super(parts.filter(part => part !== '').join('\n'), { cause })
    this.parts = trouble
  }

  /** The same error, which says this too of what exists now. */
  withExists(exists: string): RequestError {
    const both = [this.parts.exists, exists].filter(part => part !== '').join(' ')
    return new RequestError({ ...this.parts, exists: both }, this.cause)
  }
}

/** The error, which says what exists now, unless somebody nearer to the request has said it. */
export function addContext<E>(
  error: E,
  exists: string | ((error: RequestError) => string)
): E | RequestError {
  if (!(error instanceof RequestError) || error.parts.exists !== '') return error
  return error.withExists(typeof exists === 'string' ? exists : exists(error))
}

/** Has an error of the work say what exists now; who is nearer to the request knows it better. */
export async function withContext<T>(
  exists: string | ((error: RequestError) => string),
  work: Promise<T>
): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw addContext(error, exists)
  }
}

export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)
