import { expect } from '@jest/globals'
import { event } from '../../../simulator/events/index.ts'
import { type Story, shown } from './run.ts'

const OLD = 'a01d'.repeat(10)
const FAILS = 'exit 1'
const TEST = 'echo "Replace this line by your own test"'

/** The examples where one job decides what becomes of another one's deployment. */
export const resultStories: readonly Story[] = [
  {
    files: ['finish-in-another-job.yml'],
    title: 'the worst of both jobs decides, also when somebody cancels',
    tell: async ({ github, run }) => {
      const file = 'finish-in-another-job.yml'
      await run(file, event('push'))
      await run(file, event('push'), { edit: [TEST, FAILS] })
      await run(file, event('push'), { cancelWhen: line => line.text.includes('your own deploy') })
      expect(shown(github)).toEqual([
        'production feed: in_progress success',
        'production feed: in_progress failure',
        'production feed: in_progress failure'
      ])
    }
  },
  {
    files: ['rollback.yml'],
    title: 'a deploy that fails is followed by the commit that was active before',
    tell: async ({ github, run }) => {
      const edit = [TEST, FAILS] as const
      const first = await run('rollback.yml', event('push'), { edit })
      // There is nothing to go back to yet.
      expect(first.jobs['roll-back']?.conclusion).toBe('skipped')
      github.store.seedDeployment({ sha: OLD, state: 'success' })
      const { jobs } = await run('rollback.yml', event('push'), { edit })
      expect(jobs['roll-back']?.log).toContain(`Checked out ${OLD}`)
      expect(shown(github)).toEqual([
        'production feed: in_progress failure https://www.example.com',
        'production a01d: success',
        'production feed: in_progress failure https://www.example.com',
        'production a01d: in_progress success https://www.example.com'
      ])
      expect(github.store.deployments().at(-1)?.statuses.at(-1)?.description).toBe('Rolled back')
    }
  }
]
