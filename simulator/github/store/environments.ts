import { nodeId } from '../ids.ts'
import type { EnvironmentRecord } from '../model.ts'
import { countChars, MAX_ENVIRONMENT_CHARS } from '../rules.ts'
import { invalidField, type Rejection } from './outcomes.ts'
import type { RepositoryState } from './state.ts'

/** Finds an environment or creates it. The first spelling of its name is kept. */
export function ensureEnvironment(repository: RepositoryState, name: string): EnvironmentRecord {
  const known = findEnvironment(repository, name)
  if (known) return known
  const { clock } = repository
  const id = clock.ids.other()
  const now = clock.now()
  const environment = {
    id,
    nodeId: nodeId('EN', repository.id, id),
    name,
    createdAt: now,
    updatedAt: now
  }
  repository.environments.set(name.toLowerCase(), environment)
  return environment
}

export const findEnvironment = (repository: RepositoryState, name: string): EnvironmentRecord | undefined =>
  repository.environments.get(name.toLowerCase())

/** Deployments are kept: GitHub documents only that secrets and protection rules are deleted. */
export const deleteEnvironment = (repository: RepositoryState, name: string): boolean =>
  repository.environments.delete(name.toLowerCase())

/** The limit is documented. The error message is unverified. */
export const rejectEnvironment = (resource: string, name: string): Rejection | undefined =>
  countChars(name) > MAX_ENVIRONMENT_CHARS
    ? invalidField(resource, 'environment', `is too long (maximum is ${MAX_ENVIRONMENT_CHARS} characters)`)
    : undefined
