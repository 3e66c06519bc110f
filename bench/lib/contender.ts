import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { event } from '../../simulator/events/index.ts'
import { parseFileCommand } from '../../simulator/runner/index.ts'
import { inputEnv, readManifest, withDefaults } from '../../simulator/runner/manifest.ts'
import { emptyFile, type Measured, measure } from './process.ts'

type Variables = Readonly<Record<string, string>>

export interface Stages {
  readonly main: Measured
  readonly post: Measured
}

/** A program with a main and a post stage. */
export interface Contender {
  readonly name: string
  readonly isAction: boolean
  run(github: Variables, how: { readonly withUsage: boolean }): Promise<Stages>
}

const TOKEN = 'ghs_local'
const CHECK_RUN = 4242
const SHA = 'feed'.repeat(10)
const RUN = {
  GITHUB_REPOSITORY: 'octo-org/octo-repo',
  GITHUB_RUN_ID: '9',
  GITHUB_RUN_ATTEMPT: '1',
  GITHUB_JOB: 'deploy',
  GITHUB_SHA: SHA,
  GITHUB_REF: 'refs/heads/main',
  GITHUB_REF_NAME: 'main',
  GITHUB_ACTOR: 'octocat',
  GITHUB_ACTIONS: 'true'
}

const fileOf = (name: string) => fileURLToPath(new URL(`../floor/${name}`, import.meta.url))

/** Node without a program: the minimum for any action. */
export const bareNode: Contender = {
  name: 'bare Node',
  isAction: false,
  async run(_github, how) {
    const stage = () => measure(fileOf('nothing.mjs'), {}, how)
    return { main: await stage(), post: await stage() }
  }
}

/** A script that sends the same requests in the same order and does nothing else. */
export const floor: Contender = {
  name: 'floor',
  isAction: false,
  async run(github, how) {
    const job = `${RUN.GITHUB_REPOSITORY}/actions/runs/${RUN.GITHUB_RUN_ID}/job/${CHECK_RUN}`
    const env = { ...RUN, ...github, TOKEN, LOG_URL: `${github['GITHUB_SERVER_URL']}/${job}` }
    const main = await measure(fileOf('start.mjs'), env, how)
    const later = { ...env, STATE_id: main.stdout.trim() }
    return { main, post: await measure(fileOf('post.mjs'), later, how) }
  }
}

/** The committed bundle of an action, run like the runner does. */
export function actionIn(folder: string, given: Readonly<Record<string, string>>): Contender {
  const manifest = readManifest(folder)
  const { runs } = manifest
  if (runs.using !== 'node') throw new Error(`${folder} contains no JavaScript action`)
  const contexts = {
    github: {
      token: TOKEN,
      repository: RUN.GITHUB_REPOSITORY,
      sha: SHA,
      ref: RUN.GITHUB_REF,
      actor: RUN.GITHUB_ACTOR
    },
    job: { status: 'success', check_run_id: CHECK_RUN }
  }
  const inputs = inputEnv(withDefaults(manifest, { ...given }, { contexts, workspace: folder }))
  return {
    name: manifest.name || basename(folder),
    isAction: true,
    async run(github, how) {
      const temp = mkdtempSync(join(tmpdir(), 'bench-job-'))
      try {
        const env = { ...RUN, ...github, ...inputs, ...filesIn(temp) }
        const main = await measure(join(folder, runs.main), env, how)
        const state = parseFileCommand(readFileSync(env.GITHUB_STATE, 'utf8'))
        const saved = [...state].map(([name, value]) => [`STATE_${name}`, value])
        const later = { ...env, ...filesIn(temp), ...Object.fromEntries(saved) }
        const post = await measure(runs.post ? join(folder, runs.post) : fileOf('nothing.mjs'), later, how)
        return { main, post }
      } finally {
        rmSync(temp, { recursive: true, force: true })
      }
    }
  }
}

/** The runner's files of one stage. */
function filesIn(temp: string) {
  const push = event('push')
  mkdirSync(join(temp, 'temp'), { recursive: true })
  writeFileSync(join(temp, 'event.json'), JSON.stringify(push.payload))
  return {
    GITHUB_EVENT_NAME: push.name,
    GITHUB_EVENT_PATH: join(temp, 'event.json'),
    GITHUB_STATE: emptyFile(temp, 'state'),
    GITHUB_OUTPUT: emptyFile(temp, 'output'),
    GITHUB_ENV: emptyFile(temp, 'env'),
    GITHUB_PATH: emptyFile(temp, 'path'),
    GITHUB_STEP_SUMMARY: emptyFile(temp, 'summary'),
    RUNNER_TEMP: join(temp, 'temp')
  }
}
