import { createHash } from 'node:crypto'
import { nodeId } from '../ids.ts'
import type { Actor, DeploymentRecord } from '../model.ts'
import { isProductionByDefault } from '../rules.ts'
import { ensureEnvironment, rejectEnvironment } from './environments.ts'
import type { CreateOutcome, Rejection } from './outcomes.ts'
import { type ResolvedRef, resolveRef } from './refs.ts'
import type { RepositoryState } from './state.ts'

export interface CreateRequest {
  ref: string
  task?: string | undefined
  autoMerge?: boolean | undefined
  requiredContexts?: readonly string[] | undefined
  payload?: unknown
  environment?: string | undefined
  description?: string | null | undefined
  transient?: boolean | undefined
  production?: boolean | undefined
}

/** Checks the ref, then the merge, then the contexts. GitHub does not document its order. */
export function createDeployment(repository: RepositoryState, request: CreateRequest, creator: Actor): CreateOutcome {
  const environment = request.environment ?? 'production'
  const tooLong = rejectEnvironment('Deployment', environment)
  if (tooLong) return tooLong
  const resolved = resolveRef(repository, request.ref)
  if (!resolved) {
    return { kind: 'refused', status: 422, message: `No ref found for: ${request.ref}` }
  }
  const merged = (request.autoMerge ?? true) ? merge(repository, request.ref, resolved) : undefined
  const stopped = merged ?? checkContexts(repository, request, resolved)
  if (stopped) return stopped
  ensureEnvironment(repository, environment)
  return { kind: 'created', deployment: store(repository, request, resolved, creator) }
}

function merge(repository: RepositoryState, ref: string, { sha, fullRef }: ResolvedRef): CreateOutcome | undefined {
  const behavior = fullRef === undefined ? undefined : repository.merges.get(fullRef)
  if (fullRef === undefined || behavior === undefined) return undefined
  if (behavior === 'conflict') {
    const message = `Conflict merging ${repository.defaultBranch} into ${ref}`
    return { kind: 'refused', status: 409, message }
  }
  const commit = createHash('sha1').update(`merge into ${sha}`).digest('hex')
  repository.refs.set(fullRef, commit)
  repository.merges.delete(fullRef)
  const message = `Auto-merged ${repository.defaultBranch} into ${ref} on deployment.`
  return { kind: 'merged', message }
}

function checkContexts(
  repository: RepositoryState,
  { ref, requiredContexts }: CreateRequest,
  { sha }: ResolvedRef
): Rejection | undefined {
  const known = repository.contexts.get(sha) ?? []
  const stateOf = (context: string): string => known.find(each => each.context === context)?.state ?? 'pending'
  const names = requiredContexts ?? known.map(each => each.context)
  const contexts = names.map(context => ({ context, state: stateOf(context) }))
  // A skipped check blocks as well: https://github.com/sbb-design-systems/sbb-angular/pull/2447
  if (contexts.every(each => each.state === 'success')) return undefined
  return {
    kind: 'refused',
    status: 409,
    message: `Conflict: Commit status checks failed for ${ref}.`,
    errors: [{ contexts, resource: 'Deployment', field: 'required_contexts', code: 'invalid' }]
  }
}

function store(
  repository: RepositoryState,
  request: CreateRequest,
  { sha, fullRef }: ResolvedRef,
  creator: Actor
): DeploymentRecord {
  const { clock } = repository
  const id = clock.ids.deployment()
  const now = clock.now()
  const environment = request.environment ?? 'production'
  const deployment: DeploymentRecord = {
    id,
    nodeId: nodeId('DE', repository.id, id),
    sha,
    ref: request.ref,
    fullRef,
    task: request.task ?? 'deploy',
    payload: request.payload ?? {},
    environment,
    originalEnvironment: environment,
    description: request.description ?? null,
    transient: request.transient ?? false,
    production: request.production ?? isProductionByDefault(environment),
    creator,
    createdAt: now,
    updatedAt: now,
    statuses: []
  }
  repository.deployments.push(deployment)
  return deployment
}
