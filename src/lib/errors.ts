/** An error for the user: what failed, why that usually happens, and the next step. Only its message is printed. */
export class ActionError extends Error {
  override name = 'ActionError'
}

/** An invalid input. It is found before the first request, so nothing was sent. */
export class InputError extends ActionError {
  override name = 'InputError'
}

/** The parts of an error about a failed request, each one or more sentences or empty. */
export interface RequestErrorParts {
  readonly failed: string
  /** What exists on GitHub now. */
  readonly exists: string
  readonly next: string
}

/** A request to GitHub that failed. */
export class RequestError extends ActionError {
  override name = 'RequestError'
  readonly parts: RequestErrorParts

  constructor(parts: RequestErrorParts, cause: unknown) {
    const texts = [parts.failed, parts.exists, parts.next]
    super(texts.filter(text => text !== '').join('\n'), { cause })
    this.parts = parts
  }

  /** A copy of the error with one more sentence about what exists now. */
  withExists(exists: string): RequestError {
    const both = [this.parts.exists, exists].filter(part => part !== '').join(' ')
    return new RequestError({ ...this.parts, exists: both }, this.cause)
  }
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
