import type { Section } from './sections.ts'

interface ErrorFacts extends ErrorOptions {
  /** The section of docs/troubleshooting.md that is about the error. */
  readonly section: Section
}

/** An error for the user: what failed, why that usually happens, and the next step. Only its message is printed. */
export class ActionError extends Error {
  override name = 'ActionError'
  readonly section: Section

  constructor(message: string, { section, ...options }: ErrorFacts) {
    super(message, options)
    this.section = section
  }
}

/** An invalid input. It is found before the first request, so nothing was sent. */
export class InputError extends ActionError {
  override name = 'InputError'

  constructor(message: string, section: Section = 'inputs') {
    super(message, { section })
  }
}

/** The parts of an error about a failed request, each one or more sentences or empty. */
export interface RequestErrorParts {
  readonly failed: string
  /** What exists on GitHub now. */
  readonly exists: string
  readonly next: string
  readonly section: Section
}

/** A request to GitHub that failed. */
export class RequestError extends ActionError {
  override name = 'RequestError'
  readonly parts: RequestErrorParts

  constructor(parts: RequestErrorParts, cause: unknown) {
    const texts = [parts.failed, parts.exists, parts.next]
    super(texts.filter(text => text !== '').join('\n'), { cause, section: parts.section })
    this.parts = parts
  }

  /** A copy of the error with one more sentence about what exists now. */
  withExists(exists: string, section = this.section): RequestError {
    const both = [this.parts.exists, exists].filter(part => part !== '').join(' ')
    return new RequestError({ ...this.parts, exists: both, section }, this.cause)
  }
}

/** What failed, without what exists now and the next step: for a warning that says these itself. */
export const reasonOf = (error: unknown): string =>
  error instanceof RequestError ? error.parts.failed : messageOf(error)

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** The section about an error; any error but an ActionError is a mistake in this action. */
export const sectionOf = (error: unknown): Section => (error instanceof ActionError ? error.section : 'internal')
