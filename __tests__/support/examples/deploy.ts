import { expect } from '@jest/globals'
import { event, HEAD_SHA } from '../../../simulator/events/index.ts'
import { writes } from '../scenario.ts'
import { withClone } from './clone.ts'
import { CANCELED, type Case, deploys, type Recipe, shown, type VariantName } from './run.ts'

export const OLD_SHA = 'a01d'.repeat(10)
const pushed = () => event('push')
const TEST = 'echo "Replace this line with your own test"'

const rollback = deploys('rollback.yml', pushed, {}, 'your own deploy')

/** A case of the changelog, with the lines that it adds to the job summary. */
const changelog =
  (name: VariantName, lines: string[], previous?: string): Case =>
  world =>
    withClone(['First', 'Second *change*', '`Third`'], async ({ folder, commits }) => {
      const [first, , sha = ''] = commits
      const before = previous ?? first
      if (before) world.github.store.seedDeployment({ sha: before, state: 'success' })
      const result = await deploys('changelog.yml', () => event('push', { sha }), { workspace: folder })[name](world)
      const summary = result.jobs['deploy']?.summaries.join('') ?? ''
      expect(summary.match(/^ {4}.*$/gm)?.map(line => line.replace(/^ {4}\w+/, '   ')) ?? []).toEqual(lines)
      return result
    })

/** docs/recipes/deploy.md and docs/recipes/results.md. */
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
      'the test on staging fails': ({ run }) =>
        run('staging-then-production.yml', pushed(), { edits: [[TEST, 'exit 1']] })
    }
  },
  {
    title: 'Two environments in one job',
    cases: {
      ...deploys('two-environments.yml', pushed, {}, 'to production'),
      'to staging fails': deploys('two-environments.yml', pushed, {}, 'to staging').fails
    }
  },
  {
    title: 'Deploy while other steps run',
    cases: {
      ...deploys('parallel.yml', pushed, {}, 'own deploy'),
      'succeeds, and another step fails': deploys('parallel.yml', pushed, {}, 'own upload').fails,
      'is ended by a `cancel` step': ({ run }) =>
        run('parallel.yml', pushed(), {
          ...{ signalTimings: CANCELED.signalTimings },
          edits: [
            ['- wait: deploy', '- cancel: deploy'],
            ['echo "Replace this line with your own deploy"', 'exec sleep 30']
          ]
        })
    }
  },
  { title: 'Deploy each push', cases: deploys('queue.yml', pushed) },
  {
    title: 'Changelog since the last deploy',
    cases: {
      succeeds: changelog('succeeds', ['    `Third`', '    Second *change*']),
      fails: changelog('fails', []),
      'is canceled': changelog('is canceled', []),
      'succeeds, as the first one': changelog('succeeds', [], ''),
      'succeeds, after a force push': changelog('succeeds', [], OLD_SHA)
    }
  },
  {
    title: 'Values of later steps',
    cases: {
      ...deploys('late-values.yml', pushed),
      succeeds: async ({ github, run }) => {
        const result = await run('late-values.yml', pushed())
        const texts = github.store.deployments()[0]?.statuses.map(each => [each.environmentUrl, each.description])
        expect(texts).toEqual([
          ['', ''],
          ['https://www.example.com', 'Release 42']
        ])
        return result
      }
    }
  },
  { title: 'Wrap one command', cases: deploys('wrap-a-command.yml', pushed) },
  {
    title: 'A matrix of regions',
    cases: {
      ...deploys('regions.yml', pushed),
      'fails in one region': async ({ github, run }) => {
        const edits = [['run: echo "Replace', 'run: test "$REGION" != europe || exit 1 # "']] as const
        const result = await run('regions.yml', pushed(), { edits })
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
        const edits = [['run: echo "Replace', 'run: test "$SERVICE" != web || exit 1 # "']] as const
        return run('services.yml', pushed(), { edits })
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
