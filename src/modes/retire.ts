import { logUrl } from '../context.ts'
import { isLive, type ListedDeployment } from '../deployment.ts'
import { ActionError, leaving } from '../errors.ts'
import { description } from '../text.ts'
import { stillSo, stillThere } from './leaving.ts'
import type { Selection } from './select.ts'
import { failureBehind } from './tolerance.ts'
import type { Tools } from './tools.ts'

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
  readonly done: Retired[]
  readonly failures: Error[]
  readonly deletedEnvironments: string[]
  deactivated: number
  deleted: number
}

export const beginWork = (tools: Tools, selection: Selection): Work => ({
  tools,
  selection,
  done: [],
  failures: [],
  deletedEnvironments: [],
  deactivated: 0,
  deleted: 0
})

/** Makes one deployment inactive, unless it is over already. */
export async function retire(work: Work, one: ListedDeployment): Promise<void> {
  const { run, inputs } = work.selection
  if (!isLive(one.state)) {
    if (inputs.delete !== 'none') note(work, one, one.state)
    return
  }
  const status = {
    state: 'inactive' as const,
    description: description('Retired', inputs.description),
    logUrl: inputs.logUrl || logUrl(run, inputs.checkRunId),
    environmentUrl: one.environmentUrl,
    environment: '',
    autoInactive: false
  }
  await attempt(work, async () => {
    await leaving(stillSo(one), work.tools.deployments.setStatus(one.id, status))
    if (!inputs.dryRun) work.deactivated += 1
    note(work, one, 'inactive')
    say(work, 'Made', 'make', `deployment ${one.id} of ${one.environment} inactive`)
  })
}

/** Deletes one deployment that is not active any more. */
export async function remove(work: Work, one: ListedDeployment): Promise<void> {
  await attempt(work, async () => {
    const removing = work.tools.deployments.remove(one.id)
    await leaving(stillThere(`Deployment ${one.id} of "${one.environment}"`), removing)
    if (!work.selection.inputs.dryRun) work.deleted += 1
    const index = work.done.findIndex(known => known.id === one.id)
    const known = work.done[index]
    if (known) work.done[index] = { ...known, isDeleted: true }
    say(work, 'Deleted', 'delete', `deployment ${one.id} of ${one.environment}`)
  })
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

const note = (work: Work, one: ListedDeployment, state: string) =>
  work.done.push({
    id: one.id,
    environment: one.environment,
    before: one.state,
    state,
    isDeleted: false
  })

/** Goes on with the next one after a failure, but not where all would fail alike. */
async function attempt(work: Work, step: () => Promise<void>): Promise<void> {
  try {
    await step()
  } catch (error) {
    const status = failureBehind(error)?.status ?? 0
    if (!(error instanceof ActionError) || status === 401 || status === 403) throw error
    // Deleted by somebody else meanwhile: nothing is left to retire.
    if (status !== 404) work.failures.push(error)
  }
}
