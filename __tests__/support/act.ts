import { event } from '../../simulator/events/index.ts'
import type { LocalGitHub } from '../../simulator/github/index.ts'
import { type ActionOptions, type ActionResult, runAction, runProcess } from '../../simulator/runner/index.ts'
import { expectNoToken, expectOnlyOurCommands } from './safe-output.ts'
import { CHECK_RUN, ROOT, TOKEN } from './scenario.ts'
import { checkRunHere } from './server-kind.ts'
import { stageRunner } from './stage-runner.ts'
import type { VirtualTime } from './virtual-clock.ts'
import { withoutLink } from './without-link.ts'

export { TOKEN }

interface Options extends Partial<Omit<ActionOptions, 'inputs' | 'root'>> {
  /** Runs the stage as a process, for example to send it a signal. */
  processes?: boolean
}

/** Runs one stage of the action by itself, by default its main stage on a push to main. */
export async function act(
  github: LocalGitHub & { time?: VirtualTime },
  inputs: Record<string, string>,
  { processes = false, ...options }: Options = {}
): Promise<ActionResult> {
  const checkRunId = checkRunHere(options.contexts?.checkRunId ?? CHECK_RUN)
  const work = runAction({
    root: ROOT,
    stage: 'main',
    event: event('push'),
    runNode: processes ? runProcess : stageRunner(github.time?.clock),
    // The saved state is valid only in the run that saved it.
    runId: RUN,
    ...options,
    inputs,
    env: { ...github.env(), ...options.env },
    contexts: { ...options.contexts, ...(checkRunId && { checkRunId }) }
  })
  const result = await (github.time?.drive(work) ?? work)
  // With `run`, the command prints too.
  if (inputs['run'] === undefined || inputs['dry-run'] === 'true') {
    expectOnlyOurCommands(result)
    for (const token of [TOKEN, inputs['token'] ?? '']) {
      if (token.length >= MIN_TOKEN_CHARS) expectNoToken(result, token)
    }
  }
  return result
}

/** The default run of a stage. */
const RUN = 90_001

// A shorter one, as in a test of an invalid input, occurs in unrelated texts.
const MIN_TOKEN_CHARS = 6

/** The messages of one level of annotation. */
export const annotationsOf = (run: ActionResult, level: 'notice' | 'warning' | 'error'): string[] =>
  run.annotations.filter(each => each.level === level).map(each => withoutLink(each.message))

/** What the action sent to create the newest deployment. */
export const created = (github: LocalGitHub): Record<string, unknown> => {
  const request = github.requests.findLast(each => each.operation === 'POST /repos/{owner}/{repo}/deployments')
  return Object(request?.body)
}

/** This action's part of a payload. */
export const originOf = (payload: unknown): Record<string, unknown> => Object(Object(payload)['deploy-status-action'])

/** The newest state of each deployment by its id, oldest first. */
export const statesById = (github: LocalGitHub): Record<string, string> =>
  Object.fromEntries(github.store.deployments().map(({ id }) => [String(id), github.store.stateOf(id)]))

/** The number of writes. */
export const writeCount = (github: LocalGitHub): number => github.requests.filter(request => request.isWrite).length
