import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '@jest/globals'
import { event } from '../../../simulator/events/index.ts'
import { type Story, shown } from './run.ts'

const permissions = { contents: 'read', deployments: 'write' } as const
/** The workflow's own token, and the one that the stand-in for the App's action makes. */
export const APP_TOKENS = {
  ghs_local: { kind: 'github-token', permissions },
  ghs_app: { kind: 'app', login: 'deployer[bot]', permissions }
} as const

const started = (runs: readonly { event: string; result: { conclusion: string } }[]): string[] =>
  runs.map(run => `${run.event}: ${run.result.conclusion}`)

/** The examples that need the token of an App, since other workflows start on what they do. */
export const appStories: readonly Story[] = [
  {
    files: ['app-token.yml', 'third-party/announce.yml'],
    title: 'by an App’s token other workflows start, and it is revoked after its last use',
    github: { tokens: APP_TOKENS },
    tell: async ({ github, dispatch }) => {
      const { runs } = await dispatch(['app-token.yml', 'third-party/announce.yml'], event('push'), {
        vars: { APP_CLIENT_ID: 'Iv1.app' },
        secrets: { APP_PRIVATE_KEY: 'a key' }
      })
      expect(started(runs)).toEqual([...['push: success', 'deployment_status: skipped', 'deployment_status: success']])
      expect(shown(github)).toEqual(['production feed: in_progress success https://www.example.com'])
      const posts = runs[0]?.result.jobs['deploy']?.steps.filter(step => step.stage === 'post')
      expect(posts?.map(step => step.uses?.split('@')[0])).toEqual([
        ...['org/deploy-status-action', 'actions/create-github-app-token']
      ])
    }
  },
  {
    files: ['order', 'deploy', 'announce'].map(name => `third-party/${name}.yml`),
    title: 'ordered, deployed by a program that replaces ssh, and announced: one deployment',
    github: { tokens: APP_TOKENS },
    tell: async ({ github, dispatch }) => {
      const folder = mkdtempSync(join(tmpdir(), 'ssh-'))
      try {
        // A real sshd is asked in the tests of the tools.
        writeFileSync(join(folder, 'ssh'), `#!/bin/sh\ncat > "${folder}/revision"\n`)
        chmodSync(join(folder, 'ssh'), 0o755)
        const { runs } = await dispatch(
          ['third-party/order.yml', 'third-party/deploy.yml', 'third-party/announce.yml'],
          event('workflow_dispatch', { inputs: { environment: 'production' } }),
          {
            env: { PATH: `${folder}:${process.env['PATH']}` },
            secrets: { DEPLOY_TOKEN: 'ghs_app', SSH_KEY: 'a key' },
            vars: { SITE_URL: 'https://www.example.com', SSH_DESTINATION: 'ssh://a@b:1' }
          }
        )
        expect(started(runs)).toEqual([
          ...['workflow_dispatch: success', 'deployment: success', 'deployment_status: skipped'],
          ...['deployment_status: skipped', 'deployment_status: success']
        ])
        expect(shown(github)).toEqual(['production 6dcb: queued in_progress success https://www.example.com'])
        expect(readFileSync(join(folder, 'revision'), 'utf8')).toBe(`${github.store.deployments()[0]?.sha}\n`)
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    }
  }
]
