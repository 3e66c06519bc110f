import { expect } from '@jest/globals'
import { event, HEAD_SHA } from '../../../simulator/events/index.ts'
import { writes } from '../story.ts'
import { deploys, type Recipe, shown } from './run.ts'

export const OLD_SHA = 'a01d'.repeat(10)
const pushed = () => event('push')
const TEST = 'echo "Replace this line with your own test"'

const rollback = deploys('rollback.yml', pushed, {}, 'your own deploy')

/** docs/recipes/deploy.md. */
export const deployRecipes: readonly Recipe[] = [
  {
    title: 'Push to production',
    cases: {
      ...deploys('deploy.yml', pushed),
      succeeds: async ({ github, run }) => {
        const result = await run('deploy.yml', pushed())
        expect(writes(github)).toHaveLength(3)
        const log = github.store.deployments()[0]?.statuses.at(-1)?.logUrl
        expect(log).toMatch(/\/octo-org\/octo-repo\/actions\/runs\/\d+\/job\/4242$/)
        return result
      }
    }
  },
  {
    title: 'Staging, then production',
    cases: {
      ...deploys('staging-then-production.yml', pushed, {}, 'to staging'),
      'the test on staging fails': ({ run }) => run('staging-then-production.yml', pushed(), { edit: [TEST, 'exit 1'] })
    }
  },
  { title: 'Wrap one command', cases: deploys('wrap-a-command.yml', pushed) },
  {
    title: 'A matrix of regions',
    cases: {
      ...deploys('regions.yml', pushed),
      'fails in one region': async ({ github, run }) => {
        const edit = ['run: echo "Replace', 'run: test "$REGION" != europe || exit 1 # "'] as const
        const result = await run('regions.yml', pushed(), { edit })
        expect(github.store.deployments().map(each => each.production)).toEqual([true, true, true])
        return result
      }
    }
  },
  {
    title: 'Several services in one repository',
    cases: {
      ...deploys('services.yml', pushed),
      'fails for one service': async ({ github, run }) => {
        for (const service of ['api', 'web']) {
          const seed = { task: `deploy-${service}`, sha: OLD_SHA, state: 'success', autoInactive: false } as const
          github.store.seedDeployment(seed)
        }
        const edit = ['run: echo "Replace', 'run: test "$SERVICE" != web || exit 1 # "'] as const
        return run('services.yml', pushed(), { edit })
      }
    }
  },
  {
    title: 'Record which image is deployed',
    cases: {
      ...deploys('artifacts.yml', pushed, {}, 'deploy of $IMAGE'),
      succeeds: async ({ github, run }) => {
        const result = await run('artifacts.yml', pushed())
        expect(github.store.artifactRecords()).toMatchObject([
          {
            name: 'ghcr.io/octo-org/app',
            logicalEnvironment: 'production',
            deploymentName: 'deploy',
            githubRepository: 'octo-repo',
            status: 'deployed'
          }
        ])
        return result
      }
    }
  },
  {
    title: 'Roll back to the previous commit',
    cases: {
      succeeds: ({ run }) => run('rollback.yml', pushed()),
      fails: async world => {
        const { github } = world
        github.store.seedDeployment({ sha: OLD_SHA, state: 'success' })
        const { jobs, ...result } = await rollback.fails(world)
        expect(jobs['roll-back']?.log).toContain(`Checked out ${OLD_SHA}`)
        expect(shown(github).at(-1)).toBe('production a01d: in_progress success https://www.example.com')
        // No status claims a rollback that has not happened yet.
        const statuses = github.store.deployments().at(-1)?.statuses
        expect(statuses?.map(({ description }) => description)).toEqual(['Rollback', 'Rollback'])
        return { jobs, ...result }
      },
      'is canceled': rollback['is canceled'],
      'fails, as the first one': rollback.fails,
      'fails, and its commit was already active': world => {
        world.github.store.seedDeployment({ sha: HEAD_SHA, state: 'success' })
        return rollback.fails(world)
      }
    }
  }
]
