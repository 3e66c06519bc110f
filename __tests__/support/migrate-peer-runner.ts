import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { RunProcess } from '../../simulator/runner/index.ts'
import type { Fields, Peer } from './migrate-peer.ts'
import { PEERS } from './migrate-peers.ts'
import { SCRIPTS } from './migrate-scripts.ts'
import { stageRunner } from './stage-runner.ts'
import { toolkitOf } from './toolkit.ts'

/** The name by which a workflow can refer to a script as an action. */
const nameOf = (script: string): string => `migrating/${script.replace('./', '')}@v1`

const STAND_INS = [
  ...Object.entries(PEERS),
  ...Object.entries(SCRIPTS).map(([script, standIn]) => [nameOf(script), standIn] as const)
]

/** Makes the scripts of a workflow or a composite action steps that run in this process. */
export const withScripts = (text: string): string =>
  Object.keys(SCRIPTS).reduce((all, script) => all.replace(scriptStep(script), `uses: ${nameOf(script)}`), text)

const scriptStep = (script: string): RegExp =>
  new RegExp(`(?:shell: bash\\n +)?run: ${script.replaceAll('.', '\\.')}`, 'g')

/** Writes the manifests of the stand-ins below `folder`. Returns the folder of each for the runner. */
export function installPeers(folder: string): Record<string, string> {
  return Object.fromEntries(
    STAND_INS.map(([uses, { post, with: defaults = {} }], index) => {
      const home = join(folder, `peer-${index}`)
      const inputs = Object.entries(defaults).map(([name, value]) => [name, { default: value }])
      const runs = { using: 'node24', main: 'main.js', ...(post && { post: 'post.js' }) }
      mkdirSync(home, { recursive: true })
      writeFileSync(join(home, 'action.yml'), JSON.stringify({ name: uses, inputs: Object.fromEntries(inputs), runs }))
      return [uses, home]
    })
  )
}

/** Runs the stages of this action and of the stand-ins in this process. */
export function peerRunner(): RunProcess {
  const own = stageRunner()
  return async options => {
    const [file = ''] = options.args
    const index = /^peer-(\d+)$/.exec(basename(dirname(file)))?.[1]
    const peer = index === undefined ? undefined : STAND_INS[Number(index)]?.[1]
    if (peer === undefined) return own(options)
    const { toolkit, exitCode } = toolkitOf(options.env, line => options.onLine('stdout', line))
    const run = basename(file) === 'post.js' ? peer.post : peer.main
    const canceled = new Promise<void>(resolve => options.abort.addEventListener('abort', () => resolve()))
    const print = (line: string): void => options.onLine('stdout', line)
    await run?.({ ...peerOf(options.env, toolkit), canceled, print }).catch(({ message }: Error) =>
      toolkit.setFailed(message)
    )
    return options.abort.aborted ? { exitCode: null, signal: 'SIGINT' } : { exitCode: exitCode(), signal: null }
  }
}

function peerOf(
  env: Readonly<Record<string, string>>,
  toolkit: ReturnType<typeof toolkitOf>['toolkit']
): Omit<Peer, 'canceled' | 'print'> {
  const base = `${env['GITHUB_API_URL']}/repos/${env['GITHUB_REPOSITORY']}`
  // Without an input `token`, these actions read the variable GITHUB_TOKEN.
  const token = toolkit.getInput('token') || env['GITHUB_TOKEN'] || 'ghs_local'
  return {
    env,
    input: name => toolkit.getInput(name),
    output: (name, value) => toolkit.setOutput(name, String(value)),
    save: value => toolkit.saveState('id', String(value)),
    saved: toolkit.getState('id'),
    async api<T>(method: string, path: string, body?: Fields) {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
      const init = body === undefined ? {} : { body: JSON.stringify(body) }
      const answer = await fetch(`${base}${path}`, { method, headers, ...init })
      const text = await answer.text()
      if (!answer.ok) throw new Error(`${answer.status} ${text}`)
      return (text === '' ? undefined : JSON.parse(text)) as T
    }
  }
}
