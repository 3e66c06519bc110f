import { expect } from '@jest/globals'
import { event, HEAD_SHA } from '../../../simulator/events/index.ts'
import { withClone } from './clone.ts'
import { type Case, deploys, type Recipe, type VariantName, variant, type World } from './run.ts'

const dispatched = () => event('workflow_dispatch', { inputs: { image: 'ghcr.io/octo-org/app:42' } })
const HAND_OVER = 'git push --quiet origin HEAD:refs/heads/main'

/** A case of an example that pushes a manifest. */
const inClone =
  (file: 'argo-cd' | 'flux', name: VariantName, after?: (world: World) => void): Case =>
  world =>
    withClone(['First'], async ({ folder, remote }) => {
      const result = await world.run(`gitops/${file}.yml`, dispatched(), {
        workspace: folder,
        ...variant(name, HAND_OVER)
      })
      expect(remote('log', '-1', '--format=%s', 'main')).toBe(
        name === 'succeeds' ? 'Deploy ghcr.io/octo-org/app:42' : 'First'
      )
      if (file === 'argo-cd') {
        expect(world.github.store.deployments()[0]?.ref).toBe(remote('rev-parse', 'next-deployment'))
      } else if (name === 'succeeds') {
        const id = world.github.store.deployments()[0]?.id
        expect(remote('show', 'main:production/annotations')).toBe(`event.toolkit.fluxcd.io/deployment-id: "${id}"`)
      }
      after?.(world)
      return result
    })

/** What Argo CD Notifications does: it adds a status to the deployment of the revision (consumers/argo). */
const synced =
  (state: 'success' | 'failure') =>
  ({ github }: World): void =>
    void github.store.seedStatus(github.store.deployments()[0]?.id ?? 0, { state })

/** The events that Flux sends for a HelmRelease (fluxcd/notification-controller, internal/notifier/github_dispatch.go). */
const flux =
  (...reasons: string[]): Case =>
  async world => {
    const handedOver = await inClone('flux', 'succeeds')(world)
    let result = handedOver
    for (const reason of reasons) {
      const clientPayload = {
        involvedObject: { kind: 'HelmRelease', namespace: 'production', name: 'web' },
        metadata: { revision: '1.2.0', 'deployment-id': `${world.github.store.deployments()[0]?.id}` },
        ...{ reason, severity: reason.endsWith('Failed') ? 'error' : 'info', message: 'Helm upgrade' },
        reportingController: 'helm-controller'
      }
      const sent = event('repository_dispatch', { action: 'HelmRelease/web.production', clientPayload })
      result = await world.run('gitops/flux-result.yml', sent)
    }
    return result
  }

const REPORT = { environment: 'production', sha: HEAD_SHA, url: 'https://www.example.com' }
const reported =
  (payload: object): Case =>
  ({ run }) =>
    run(
      'report-only.yml',
      event('repository_dispatch', { action: 'deployed', clientPayload: { ...REPORT, ...payload } })
    )

const BRANCH = 'OCTO-7-login'
/** A case of a pull request whose branch is in the repository. */
const ofBranch =
  (name: VariantName): Case =>
  async world => {
    world.github.store.setRef(`refs/heads/${BRANCH}`, HEAD_SHA)
    const result = await deploys('jira.yml', () => event('pull_request', { branch: BRANCH }))[name](world)
    expect(world.github.store.deployments().map(({ ref, sha }) => [ref, sha])).toEqual([[BRANCH, HEAD_SHA]])
    return result
  }

/** docs/recipes/other-systems.md. */
export const systemRecipes: readonly Recipe[] = [
  {
    title: 'Report what another system has deployed',
    cases: {
      succeeds: reported({ state: 'success' }),
      fails: reported({ state: 'failure' }),
      'is canceled': reported({ state: 'cancelled' }),
      'is reported without a result': reported({}),
      'is reported with an unknown result': reported({ state: 'done' }),
      'is reported without a commit': reported({ sha: undefined, state: 'success' })
    }
  },
  {
    title: 'Hand over to Argo CD',
    cases: {
      succeeds: inClone('argo-cd', 'succeeds'),
      fails: inClone('argo-cd', 'fails'),
      'is canceled': inClone('argo-cd', 'is canceled'),
      'succeeds, and Argo CD reports a success': inClone('argo-cd', 'succeeds', synced('success')),
      'succeeds, and Argo CD reports a failure': inClone('argo-cd', 'succeeds', synced('failure'))
    }
  },
  {
    title: 'Hand over to Flux',
    cases: {
      succeeds: inClone('flux', 'succeeds'),
      fails: inClone('flux', 'fails'),
      'is canceled': inClone('flux', 'is canceled'),
      'succeeds, and Flux upgrades the release': flux('UpgradeSucceeded'),
      'succeeds, and the upgrade fails': flux('UpgradeFailed', 'RollbackSucceeded'),
      'succeeds, and a retry of the upgrade succeeds': flux('UpgradeFailed', 'UpgradeSucceeded')
    }
  },
  {
    title: 'Jira issue keys in branch names',
    cases: {
      succeeds: ofBranch('succeeds'),
      fails: ofBranch('fails'),
      'is canceled': ofBranch('is canceled'),
      'is for a fork': ({ run }) => run('jira.yml', event('pull_request', { fork: 'stranger/octo-repo' }))
    }
  }
]
