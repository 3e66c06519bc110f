import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { ROOT, startGitHub } from '../support/scenario.ts'
import { errors, runSteps, use } from '../support/steps.ts'

const { inputs } = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as {
  inputs: Record<string, unknown>
}

/** The command's environment: its names, one a line, after `seen `. */
const NAMES = 'env -0 | tr "\\\\n\\\\0" " \\\\n" | sed "s/=.*//; s/^/seen /"'

async function namesSeen(env: Record<string, string>): Promise<string[]> {
  const github = await startGitHub()
  const step = use({ environment: 'qa', run: NAMES }, { env })
  const job = await runSteps(github, [step])
  expect([job.conclusion, errors(job)]).toEqual(['success', []])
  return job.log
    .split('\n')
    .filter(line => line.startsWith('seen '))
    .map(line => line.slice(5))
}

test("a workflow's own INPUT_ and STATE_ variables reach the command and fail no step", async () => {
  const env = {
    INPUT_VERSION: '1',
    INPUT_BUCKET_NAME: 'abc',
    input_run: 'x',
    STATE_BUCKET: 'b',
    STATE_isPost: 'true',
    GITHUB_STATE_FILE: 'f'
  }
  expect(await namesSeen(env)).toEqual(expect.arrayContaining(Object.keys(env)))
})

test("the action's own inputs and state do not reach the command", async () => {
  const job = await runSteps(await startGitHub(), [use({ environment: 'qa' })])
  const [state = ''] = Object.keys(job.steps[0]?.state ?? {}).map(name => `STATE_${name}`)
  const names = await namesSeen({ [state]: 'forged', INPUT_OTHER: '1' })
  const own = Object.keys(inputs).map(name => `INPUT_${name.toUpperCase()}`)
  expect(names.filter(name => own.includes(name))).toEqual([])
  expect(names).not.toContain(state)
  expect(names).not.toContain('GITHUB_STATE')
  expect(names).toContain('INPUT_OTHER')
})

test('variables of the runner that a run step does not get do not reach the command', async () => {
  const internal = {
    ACTIONS_RUNTIME_TOKEN: 't',
    ACTIONS_RUNTIME_URL: 'u',
    ACTIONS_RESULTS_URL: 'u',
    ACTIONS_CACHE_URL: 'u',
    ACTIONS_CACHE_SERVICE_V2: 'True',
    ACTIONS_CACHE_MODE: 'm'
  }
  const kept = { ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'oidc', ACTIONS_STEP_DEBUG: 'false' }
  const names = await namesSeen({ ...internal, ...kept })
  expect(names.filter(name => Object.keys(internal).includes(name))).toEqual([])
  expect(names).toEqual(expect.arrayContaining(Object.keys(kept)))
})
