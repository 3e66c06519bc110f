import type { LocalGitHub } from '../../simulator/github/index.ts'
import type { DeploymentSeed } from '../../simulator/github/store/repository-store.ts'

/** Deployments that leave one another alone; each is active unless told. Their ids, oldest first. */
export const seed = (github: LocalGitHub, ...seeds: DeploymentSeed[]): number[] =>
  seeds.map(each => github.store.seedDeployment({ state: 'success', autoInactive: false, ...each }).id)

/** The states of some deployments in their order; `gone` for one that was deleted. */
export const statesOf = (github: LocalGitHub, ids: readonly number[]): string[] =>
  ids.map(id => (github.store.deployments().some(each => each.id === id) ? github.store.stateOf(id) : 'gone'))

/** A deployment of ours with the name of its branch kept. */
export const ofBranch = (environment: string, ref: string, more: DeploymentSeed = {}) => ({
  environment,
  sha: 'abcd'.repeat(10),
  payload: { 'deploy-status-action': { v: 1, ref } },
  ...more
})
