import type { LocalGitHub } from '../../simulator/github/index.ts'
import type { DeploymentSeed } from '../../simulator/github/store/repository-store.ts'

/** Creates deployments that don't deactivate one another. The default state is `success`. Returns their ids, oldest first. */
export const seed = (github: LocalGitHub, ...seeds: DeploymentSeed[]): number[] =>
  seeds.map(each => github.store.seedDeployment({ state: 'success', autoInactive: false, ...each }).id)

/** The states of deployments in their order; `gone` if one is deleted. */
export const statesOf = (github: LocalGitHub, ids: readonly number[]): string[] =>
  ids.map(id => (github.store.deployments().some(each => each.id === id) ? github.store.stateOf(id) : 'gone'))

/** A deployment of this action, whose payload has the name of the branch. */
export const ofBranch = (environment: string, ref: string, more: DeploymentSeed = {}) => ({
  environment,
  sha: 'abcd'.repeat(10),
  payload: { 'deploy-status-action': { v: 1, ref } },
  ...more
})
