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

/** The sections of docs/troubleshooting.md that messages link to, by their headings. */
export const SECTIONS = {
  permissions: 'The token lacks a permission',
  token: 'GitHub rejects the token',
  notFound: 'GitHub answers 404',
  readOnly: 'Pull requests from forks and Dependabot',
  deleteEnvironment: 'The environment is not deleted',
  checks: 'Required checks are not green',
  autoMerge: 'GitHub merges instead of deploying',
  ref: 'The ref does not exist',
  rejected: 'GitHub rejects a value',
  otherCommit: 'GitHub records another commit',
  unexpected: 'GitHub gives an unexpected answer',
  rateLimit: 'GitHub limits the requests',
  outage: 'GitHub does not answer',
  connection: 'The runner cannot connect to GitHub',
  open: 'A deployment stays in progress',
  duplicate: 'GitHub created a deployment twice',
  jobKey: 'The environment key creates a second deployment',
  workspace: 'The workspace has another commit',
  superseded: 'A newer deployment has succeeded',
  earlier: 'An earlier deployment is still active',
  notChecked: 'The state was posted without a check',
  changed: 'The state changed while the job ran',
  lateValues: 'A value that becomes known late is not used',
  previous: 'The previous deployment is not known',
  reused: 'A reused deployment ignores inputs',
  ended: 'The pull request is closed or the ref is deleted',
  nothingToFinish: 'Finish finds no deployment',
  several: 'Finish finds several deployments',
  background: 'A start step has not finished yet',
  cleanup: 'Cleanup cannot read a workflow run',
  noMatch: 'No deployment matches the environment',
  partly: 'Not all deployments were changed',
  command: 'The command failed or did not start',
  commandFiles: 'The command wrote a malformed line',
  runnerFiles: 'A file of the runner cannot be written',
  internal: 'The action ended early',
  artifacts: 'An artifact is not recorded',
  inputs: 'Inputs',
  migration: 'Inputs of another action'
} as const

export type Section = keyof typeof SECTIONS

/** The anchor that GitHub gives the heading of a section, which has only letters, digits and spaces. */
export const anchorOf = (section: Section): string => SECTIONS[section].toLowerCase().replaceAll(' ', '-')
