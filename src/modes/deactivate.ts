import { logUrl, type RunContext } from '../context.ts'
import { isLive, type ListedDeployment, sameName } from '../deployment.ts'
import { ActionError, InputError, messageOf } from '../errors.ts'
import { isGlob, matches } from '../glob.ts'
import type { DeactivateInputs } from '../inputs/types.ts'
import { readOrigin } from '../payload.ts'
import { deactivatedSummary } from '../summary.ts'
import { environmentsToRetire } from '../target.ts'
import { description } from '../text.ts'
import { listedOf } from './finish.ts'
import { failureBehind } from './tolerance.ts'
import type { Ending, Tools } from './tools.ts'

/** What happened to one deployment. */
export interface Retired {
  readonly id: number
  readonly environment: string
  readonly before: string
  readonly state: string
  readonly isDeleted: boolean
}

interface Work {
  readonly tools: Tools
  readonly run: RunContext
  readonly inputs: DeactivateInputs
  readonly ref: string
  readonly done: Retired[]
  readonly failures: Error[]
  readonly deletedEnvironments: string[]
  deactivated: number
  deleted: number
}

/** The `deactivate` mode: marks deployments inactive; on request deletes them, and their environment. */
export async function deactivate(
  tools: Tools,
  run: RunContext,
  inputs: DeactivateInputs
): Promise<Ending> {
  const ref = bareRef(inputs.ref || (run.event.name === 'delete' ? run.event.deletedRef : ''))
  const work: Work = {
    tools,
    run,
    inputs,
    ref,
    done: [],
    failures: [],
    deletedEnvironments: [],
    deactivated: 0,
    deleted: 0
  }
  if (inputs.delete === 'environment') {
    tools.log.info(
      'Deleting an environment needs Administration: write, which GITHUB_TOKEN never has.'
    )
  }
  try {
    if (inputs.deploymentId !== undefined) await retireOne(work, inputs.deploymentId)
    else await retireEnvironments(work)
  } finally {
    publish(work)
  }
  const summary = deactivatedSummary(work)
  if (work.failures.length > 0) throw failed(work)
  return { summary, failure: '' }
}

/** Throws what is wrong with the inputs before anything is sent. */
export function checkDeactivate(run: RunContext, inputs: DeactivateInputs): void {
  if (inputs.deploymentId === undefined) environmentsToRetire(run, inputs.environments)
}

async function retireOne(work: Work, id: number): Promise<void> {
  const { tools, inputs } = work
  const [deployment, status] = await Promise.all([
    tools.deployments.get(id),
    tools.deployments.latestStatus(id)
  ])
  const { environments } = inputs
  if (
    environments.length > 0 &&
    !environments.some(name => matches(name, deployment.environment))
  ) {
    throw new InputError(
      `deployment-id: deployment ${id} is of environment "${deployment.environment}", which "environment" does not name; nothing was changed`
    )
  }
  const listed: ListedDeployment = {
    ...deployment,
    creator: '',
    state: status?.state ?? 'none',
    environmentUrl: status?.environmentUrl ?? '',
    logUrl: status?.logUrl ?? ''
  }
  await retire(work, listed)
  if (inputs.delete === 'none') return
  await remove(work, listed)
  if (inputs.delete === 'environment') await removeEnvironment(work, deployment.environment)
}

async function retireEnvironments(work: Work): Promise<void> {
  for (const name of await environmentNames(work)) {
    const matched: ListedDeployment[] = []
    let passedOver = 0
    // Two spellings, since nobody documents whether the filter looks at case.
    const spellings = [...new Set([name, name.toLowerCase()])]
    for await (const page of work.tools.deployments.list(spellings)) {
      const here = page.filter(one => sameName(one.environment, name))
      const refs = await refsNotTold(work, name, here)
      for (const one of here) {
        if (!isAsked(work, one, refs)) {
          passedOver += 1
          continue
        }
        await retire(work, one)
        if (work.inputs.delete !== 'none') matched.push(one)
      }
    }
    // Newest first: the first ones are those to keep.
    for (const one of matched.slice(work.inputs.keep)) await remove(work, one)
    if (work.inputs.delete === 'environment') await removeEmptied(work, name, passedOver)
  }
}

/** The environments that the patterns name; a glob is looked up among those of the repository. */
async function environmentNames(work: Work): Promise<readonly string[]> {
  const { patterns, isInferred } = environmentsToRetire(work.run, work.inputs.environments)
  const names = new Map(
    patterns.filter(pattern => !isGlob(pattern)).map(name => [name.toLowerCase(), name])
  )
  const globs = patterns.filter(isGlob)
  if (globs.length === 0) return [...names.values()]
  try {
    for (const name of await work.tools.deployments.environments()) {
      if (globs.some(glob => matches(glob, name))) names.set(name.toLowerCase(), name)
    }
  } catch (error) {
    const isRefused = failureBehind(error)?.status === 403
    if (!isInferred || !isRefused) throw error
    work.tools.log.info(
      `${globs.join(', ')} passed over: listing environments needs "actions: read".`
    )
  }
  return [...names.values()]
}

const bareRef = (ref: string): string => ref.replace(/^refs\/(heads|tags)\//, '')

function isAsked(work: Work, one: ListedDeployment, refs: ReadonlySet<number>): boolean {
  const { inputs, run, ref } = work
  if (inputs.task !== '' && one.task !== inputs.task) return false
  const pull = run.event.pullRequest
  if (pull?.isClosed && pull.closedAt !== '') {
    // A pull request that was opened again has new previews, which this run must not touch.
    if (Date.parse(one.createdAt) >= Date.parse(pull.closedAt)) return false
  }
  return ref === '' || refs.has(one.id) || tellsRef(one, ref)
}

function tellsRef(one: ListedDeployment, ref: string): boolean {
  const kept = readOrigin(one.payload)?.ref ?? ''
  return [one.ref, kept].some(name => bareRef(name) === ref) || one.sha === ref.toLowerCase()
}

/** GraphQL forgets the ref of a branch that is gone; where nothing else tells it REST is asked. */
async function refsNotTold(
  work: Work,
  environment: string,
  listed: readonly ListedDeployment[]
): Promise<ReadonlySet<number>> {
  const isUntold = (one: ListedDeployment) => one.ref === '' && !readOrigin(one.payload)?.ref
  if (work.ref === '' || !listed.some(isUntold)) return new Set()
  return work.tools.deployments.madeWithRef(environment, work.ref)
}

async function retire(work: Work, one: ListedDeployment): Promise<void> {
  const { tools, run, inputs } = work
  const { id, environment } = one
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
    await tools.deployments.setStatus(id, status)
    if (!inputs.dryRun) work.deactivated += 1
    note(work, one, 'inactive')
    tools.log.info(
      `${inputs.dryRun ? 'Would make' : 'Made'} deployment ${id} of ${environment} inactive`
    )
  })
}

async function remove(work: Work, one: ListedDeployment): Promise<void> {
  const { tools, inputs } = work
  await attempt(work, async () => {
    await tools.deployments.remove(one.id)
    if (!inputs.dryRun) work.deleted += 1
    const index = work.done.findIndex(known => known.id === one.id)
    const known = work.done[index]
    if (known) work.done[index] = { ...known, isDeleted: true }
    tools.log.info(
      `${inputs.dryRun ? 'Would delete' : 'Deleted'} deployment ${one.id} of ${one.environment}`
    )
  })
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
    work.failures.push(error)
  }
}

async function removeEmptied(work: Work, name: string, passedOver: number): Promise<void> {
  if (passedOver > 0) {
    work.tools.log.warning(
      `The environment "${name}" was not deleted: it still holds ${passedOver} deployments that were not meant.`
    )
    return
  }
  if (work.failures.length === 0) await removeEnvironment(work, name)
}

async function removeEnvironment(work: Work, name: string): Promise<void> {
  const { tools, inputs } = work
  try {
    await tools.deployments.removeEnvironment(name)
  } catch (error) {
    if (error instanceof ActionError) work.failures.push(error)
    else throw error
    return
  }
  work.deletedEnvironments.push(name)
  tools.log.info(`${inputs.dryRun ? 'Would delete' : 'Deleted'} the environment ${name}`)
}

function publish(work: Work): void {
  const { tools, inputs, done } = work
  tools.publish({
    deactivated: String(work.deactivated),
    deleted: String(work.deleted),
    environment: [...new Set(done.map(one => one.environment))].join('\n'),
    deployments: listedOf(done)
  })
  const verb = inputs.dryRun ? 'Dry run, so nothing was changed' : 'Finished'
  const extra = inputs.delete === 'none' ? '' : `, ${work.deleted} deleted`
  tools.log.info(`${verb}: ${work.deactivated} deployments made inactive${extra}`)
}

function failed(work: Work): ActionError {
  const [first] = work.failures
  const done = `${work.deactivated} deployments were made inactive and ${work.deleted} deleted.`
  const more =
    work.failures.length > 1 ? ` (${work.failures.length} steps failed, this is the first)` : ''
  return new ActionError(`${messageOf(first)}\nBefore that, ${done}${more}`, {
    cause: first?.cause
  })
}
