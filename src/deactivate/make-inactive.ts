import { inactiveStatus, isLive, type Retirable } from '../deployment/deployment.ts'
import { stillSo, stillThere } from '../finalize/error-context.ts'
import type { Written } from '../github/batch.ts'
import { failureBehind } from '../github/tolerated-errors.ts'
import { ActionError, leaving, type RequestError, withWhatExists } from '../lib/errors.ts'
import { description } from '../lib/text.ts'
import type { Tools } from '../mode.ts'
import { folded, progressOf } from '../report/progress.ts'
import { logUrl } from '../runner/context.ts'
import type { Selection } from './selection.ts'

// More lines than these are read by nobody: progress is told instead.
const MAX_LINES = 50

/** What happened to one deployment. */
export interface Retired {
  readonly id: number
  readonly environment: string
  readonly before: string
  readonly state: string
  readonly isDeleted: boolean
}

/** What a `deactivate` has done so far. In a dry run: what it would have done, with counts of 0. */
export interface Work {
  readonly tools: Tools
  readonly selection: Selection
  /** By id, in the order in which they were done. */
  readonly done: Map<number, Retired>
  readonly failures: Error[]
  readonly deletedEnvironments: string[]
  deactivated: number
  deleted: number
}

export const beginWork = (tools: Tools, selection: Selection): Work => ({
  tools,
  selection,
  done: new Map(),
  failures: [],
  deletedEnvironments: [],
  deactivated: 0,
  deleted: 0
})

/** Makes deployments inactive, except those that are over already. */
export async function retireAll(work: Work, listed: readonly Retirable[]): Promise<void> {
  const { run, inputs } = work.selection
  const live = listed.filter(one => isLive(one.state))
  if (inputs.delete !== 'none') {
    for (const one of listed) if (!isLive(one.state)) note(work, one, one.state)
  }
  const text = description('Retired', inputs.description)
  const page = inputs.logUrl || logUrl(run, inputs.checkRunId)
  const writing = work.tools.deployments.setStatuses(live, one => inactiveStatus(one, text, page))
  await goThrough(work, live.length, writing, {
    did: 'Made',
    would: 'make',
    ending: ' inactive',
    failed: stillSo,
    done: one => {
      if (!inputs.dryRun) work.deactivated += 1
      note(work, one, 'inactive')
    }
  })
}

/** Deletes deployments that are not active any more. */
export async function removeAll(work: Work, listed: readonly Retirable[]): Promise<void> {
  await goThrough(work, listed.length, work.tools.deployments.removeAll(listed), {
    did: 'Deleted',
    would: 'delete',
    ending: '',
    failed: one => stillThere(`Deployment ${one.id} of "${one.environment}"`),
    done: one => {
      if (!work.selection.inputs.dryRun) work.deleted += 1
      const known = work.done.get(one.id)
      if (known) work.done.set(one.id, { ...known, isDeleted: true })
    }
  })
}

interface Step {
  readonly did: string
  readonly would: string
  readonly ending: string
  readonly failed: (one: Retirable) => (error: RequestError) => string
  readonly done: (one: Retirable) => void
}

const goThrough = (
  work: Work,
  total: number,
  writing: AsyncIterable<readonly Written<Retirable>[]>,
  step: Step
): Promise<void> =>
  folded(work.tools, total, `Deployments to ${step.would}${step.ending}: ${total}`, () =>
    noteEach(work, total, writing, step)
  )

/** Notes what comes of many writes. Goes on after a failure, but not where all would fail alike. */
async function noteEach(
  work: Work,
  total: number,
  writing: AsyncIterable<readonly Written<Retirable>[]>,
  { did, would, ending, failed, done }: Step
): Promise<void> {
  const isLong = total > MAX_LINES
  const tell = progressOf(work.tools, (now, all) => `${did} ${now} of ${all} deployments${ending}`)
  let count = 0
  for await (const written of writing) {
    for (const { item: one, error } of written) {
      const status = failureBehind(error)?.status ?? 0
      if (error && (status === 401 || status === 403)) throw withWhatExists(error, failed(one))
      // Deleted by somebody else meanwhile: nothing is left to retire.
      if (error && status !== 404) work.failures.push(withWhatExists(error, failed(one)))
      if (error) continue
      done(one)
      count += 1
      if (!isLong) say(work, did, would, `deployment ${one.id} of ${one.environment}${ending}`)
    }
    tell(count, total)
  }
}

/** Deletes an environment; needs a permission that few tokens have, so a refusal is kept for the end. */
export async function removeEnvironment(work: Work, name: string): Promise<void> {
  try {
    const removing = work.tools.deployments.removeEnvironment(name)
    await leaving(stillThere(`The environment "${name}"`), removing)
  } catch (error) {
    if (!(error instanceof ActionError)) throw error
    work.failures.push(error)
    return
  }
  work.deletedEnvironments.push(name)
  say(work, 'Deleted', 'delete', `the environment ${name}`)
}

function say(work: Work, did: string, would: string, what: string): void {
  const { tools, selection } = work
  tools.log.info(selection.inputs.dryRun ? `Dry run: would ${would} ${what}` : `${did} ${what}`)
}

const note = (work: Work, one: Retirable, state: string) =>
  work.done.set(one.id, {
    id: one.id,
    environment: one.environment,
    before: one.state,
    state,
    isDeleted: false
  })
