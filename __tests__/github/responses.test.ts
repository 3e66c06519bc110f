import { expect, test } from '@jest/globals'
import { act, told } from '../support/act.ts'
import { startGitHub, states } from '../support/story.ts'

/** A deployment to take over, which the server shows in the given way. */
async function shown(type: string | undefined, change = (text: string) => text) {
  const github = await startGitHub()
  const { id } = github.store.seedDeployment({ environment: 'qa', payload: 'theirs' })
  github.intercept(({ method, path }) =>
    method === 'GET' && path.endsWith(`/deployments/${id}`)
      ? {
          deliver: (response, ready) => {
            if (type !== undefined) response.setHeader('content-type', type)
            response.writeHead(200).end(change(ready.text))
          }
        }
      : undefined
  )
  // Long enough for the first request of a busy machine, since it loads GitHub's descriptions.
  const run = await act(github, { 'deployment-id': `${id}`, timeout: '5' })
  return { github, run }
}

test.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON ;x=y'])(
  'an answer that is told to be JSON is read: %s',
  async type => {
    const { github, run } = await shown(type)
    expect(run.exitCode).toBe(0)
    expect(states(github)).toEqual(['in_progress'])
  }
)

test.each([undefined, 'text/html', 'text/plain; charset=utf-8', 'application/json-seq'])(
  'whatever it holds, an answer that is told to be something else is none: %s',
  async type => {
    const { github, run } = await shown(type)
    expect(run.exitCode).toBe(1)
    expect(told(run, 'error')[0]).toContain('an answer that is not one of its API')
    expect(states(github)).toEqual([])
  }
)

test('an integer beyond 2^53 in the payload of somebody else does not stop the deploy', async () => {
  const { github, run } = await shown('application/json', text =>
    text.replace('"payload":"theirs"', '"payload":{"build":12345678901234567890}')
  )
  expect(told(run, 'error')).toEqual([])
  expect(run.exitCode).toBe(0)
  expect(Object.keys(JSON.parse(run.outputs['payload'] ?? ''))).toEqual(['build'])
  expect(states(github)).toEqual(['in_progress'])
})
