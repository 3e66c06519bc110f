import type { LocalGitHub } from '../../simulator/github/index.ts'
import { use } from './steps.ts'

type Inputs = Record<string, string>

/** A `start` of an environment. */
export const start = (environment: string, more: Inputs = {}, step: object = {}) =>
  use({ environment, ...more }, { ...step })

/** A `start` whose deployment is left to the `finish` of another job. */
export const left = (environment: string, more: Inputs = {}, step: object = {}) =>
  start(environment, { 'auto-finish': 'false', ...more }, step)

/** A `finish` that always runs. */
export const finish = (inputs: Inputs = {}, step: object = {}) =>
  use({ mode: 'finish', ...inputs }, { id: 'finish', if: 'always()', ...step })

/** A job that always reports the result of others. */
export const report = (needs: string | string[], inputs: Inputs) => ({
  needs,
  if: 'always()',
  steps: [finish(inputs)]
})

/** Each deployment with its states, oldest first. */
export const histories = (github: LocalGitHub): string[] =>
  github.store.deployments().map(each => `${each.environment}: ${each.statuses.map(status => status.state).join(' ')}`)
