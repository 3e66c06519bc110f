import { expect } from '@jest/globals'
import { event } from '../../../simulator/events/index.ts'
import { writes } from '../story.ts'
import { type Story, shown } from './run.ts'

const OLD = 'a01d'.repeat(10)
const pushed = () => event('push')

/** The examples that deploy what was pushed or released. */
export const pushStories: readonly Story[] = [
  {
    files: ['deploy.yml'],
    title: 'one step: created, in progress, and success with the late address and the log of the job',
    tell: async ({ github, run }) => {
      await run('deploy.yml', pushed())
      expect(shown(github)).toEqual(['production feed: in_progress success https://www.example.com'])
      expect(writes(github)).toHaveLength(3)
      const log = github.store.deployments()[0]?.statuses.at(-1)?.logUrl
      expect(log).toMatch(/\/octo-org\/octo-repo\/actions\/runs\/\d+\/job\/4242$/)
    }
  },
  {
    files: ['artifacts.yml'],
    title: 'the image that the job built is recorded as deployed to production',
    github: {
      tokens: {
        ghs_local: { permissions: { deployments: 'write', 'artifact-metadata': 'write' } }
      }
    },
    tell: async ({ github, run }) => {
      await run('artifacts.yml', pushed())
      expect(shown(github)).toEqual(['production feed: in_progress success'])
      expect(github.store.artifactRecords()).toMatchObject([
        {
          name: 'ghcr.io/octo-org/app',
          logicalEnvironment: 'production',
          deploymentName: 'deploy',
          githubRepository: 'octo-repo',
          status: 'deployed'
        }
      ])
    }
  },
  {
    files: ['wrap-a-command.yml'],
    title: 'the exit code of the command decides',
    tell: async ({ github, run }) => {
      await run('wrap-a-command.yml', pushed())
      const edit = ['echo "Replace this line by your own deploy"', 'exit 3'] as const
      await run('wrap-a-command.yml', pushed(), { edit })
      expect(shown(github)).toEqual([
        'staging feed: in_progress success https://staging.example.com',
        'staging feed: in_progress failure'
      ])
    }
  },
  {
    files: ['staging-then-production.yml'],
    title: 'production follows staging, and shows nothing new where staging failed',
    tell: async ({ github, run }) => {
      await run('staging-then-production.yml', pushed())
      const edit = ['echo "Replace this line by your own test"', 'exit 1'] as const
      await run('staging-then-production.yml', pushed(), { edit })
      expect(shown(github)).toEqual([
        'staging feed: in_progress success https://staging.example.com',
        'production feed: in_progress success https://www.example.com',
        'staging feed: in_progress failure https://staging.example.com'
      ])
    }
  },
  {
    files: ['services.yml'],
    title: 'a service deactivates its own earlier deployment and no other, and only by a success',
    tell: async ({ github, run }) => {
      for (const service of ['api', 'web']) {
        github.store.seedDeployment({
          ...{ task: `deploy-${service}`, sha: OLD, state: 'success', autoInactive: false }
        })
      }
      const edit = ['run: echo "Replace', 'run: test "$SERVICE" != web || exit 1 # "'] as const
      await run('services.yml', pushed(), { edit })
      expect(shown(github)).toEqual([
        'production (deploy-api) a01d: success inactive',
        'production (deploy-web) a01d: success',
        'production (deploy-api) feed: in_progress success https://api.example.com',
        'production (deploy-web) feed: in_progress failure https://web.example.com',
        'production (deploy-worker) feed: in_progress success https://worker.example.com'
      ])
    }
  },
  {
    files: ['regions.yml'],
    title: 'each region ends as it did, and each is production',
    tell: async ({ github, run }) => {
      const edit = ['run: echo "Replace', 'run: test "$REGION" != europe || exit 1 # "'] as const
      const { conclusion } = await run('regions.yml', pushed(), { edit })
      expect(conclusion).toBe('failure')
      expect(shown(github)).toEqual([
        'production-asia feed: in_progress success https://asia.example.com',
        'production-europe feed: in_progress failure https://europe.example.com',
        'production-us feed: in_progress success https://us.example.com'
      ])
      expect(github.store.deployments().map(each => each.production)).toEqual([true, true, true])
    }
  },
  {
    files: ['protected.yml'],
    title: 'the secrets of the environment, and no deployment of GitHub’s own',
    tell: async ({ github, run }) => {
      const asked: boolean[] = []
      const edit = ['run: echo "Replace', 'run: test "$DEPLOY_KEY" = hush # "'] as const
      await run('protected.yml', pushed(), {
        ...{ edit, secrets: { DEPLOY_KEY: 'hush' } },
        onJobEnvironment: (_, { deployment }) => void asked.push(deployment)
      })
      expect(asked).toEqual([false, false])
      expect(shown(github)).toEqual(['production feed: in_progress success https://www.example.com'])
    }
  },
  {
    files: ['enterprise-server.yml'],
    title: 'all requests go to the server’s own addresses, and the log is the attempt’s page',
    tell: async ({ github, run }) => {
      await run('enterprise-server.yml', pushed(), {
        ...{ product: 'ghes', checkRunId: () => undefined, runId: 77 }
      })
      expect(shown(github)).toEqual(['production feed: in_progress success https://www.example.com'])
      expect(new Set(github.requests.map(each => each.product))).toEqual(new Set(['ghes']))
      const log = github.store.deployments()[0]?.statuses.at(-1)?.logUrl
      expect(log).toBe(`${github.origin}/octo-org/octo-repo/actions/runs/77/attempts/1`)
    }
  },
  {
    files: ['reusable/release.yml', 'reusable/deploy-to.yml'],
    title: 'each call has a deployment of its own, of the commit of the tag',
    tell: async ({ github, run }) => {
      const { jobs } = await run('reusable/release.yml', event('release'))
      expect(Object.keys(jobs)).toEqual(['staging / deploy', 'production / deploy'])
      expect(shown(github)).toEqual([
        'staging feed: in_progress success https://staging.example.com',
        'production feed: in_progress success https://www.example.com'
      ])
    }
  }
]
