import { createHmac, createSign, generateKeyPairSync } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { createClient, deliverTo, type LocalGitHub, startLocalGitHub } from '../../simulator/github/index.ts'

const NOW = Date.parse('2026-03-01T00:00:00Z')
const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' }
})
const OTHER_KEY = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' }
}).privateKey

let github: LocalGitHub

beforeEach(async () => {
  const installation = { permissions: { deployments: 'write' } } as const
  github = await startLocalGitHub({
    now: () => NOW,
    apps: { 7: { login: 'deployer[bot]', publicKey, installations: { 9: installation } } }
  })
})

afterEach(async () => {
  await github.close()
})

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')

function jwt({ key = privateKey, iss = '7', lifetime = 600 } = {}): string {
  const text = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode({ iss, exp: NOW / 1000 + lifetime })}`
  return `${text}.${createSign('RSA-SHA256').update(text).sign(key, 'base64url')}`
}

const createToken = (token: string, installation = 9) =>
  createClient(github, { token }).fetch(`${github.origin}/app/installations/${installation}/access_tokens`, {
    method: 'POST'
  })

test('an App gets a token, which is one of its installation', async () => {
  const reply = await createToken(jwt())
  expect(reply).toMatchObject({
    status: 201,
    body: { expires_at: '2026-03-01T01:00:00Z', permissions: { deployments: 'write' } }
  })
  const client = createClient(github, { token: String(Object(reply.body).token) })
  expect(await client.rest('POST', '/deployments', { ref: 'main' })).toMatchObject({
    status: 201,
    body: { creator: { login: 'deployer[bot]', type: 'Bot' } }
  })
  expect(github.problems).toEqual([])
})

test.each([
  ['of another key', { key: OTHER_KEY }],
  ['of an unknown App', { iss: '8' }],
  ['that has expired', { lifetime: -1 }],
  ['that is valid for more than ten minutes', { lifetime: 601 }]
])('a JSON web token %s is a 401', async (_what, options) => {
  expect((await createToken(jwt(options))).status).toBe(401)
})

test('an installation of another App is a 404', async () => {
  expect((await createToken(jwt(), 10)).status).toBe(404)
})

test('events are delivered to a webhook with a signature, in order', async () => {
  const received: { event: string; state: unknown; isSigned: boolean }[] = []
  const hook: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    const signature = createHmac('sha256', 's3cret').update(body).digest('hex')
    const { deployment_status: status } = JSON.parse(body.toString())
    received.push({
      event: String(request.headers['x-github-event']),
      state: status?.state,
      isSigned: request.headers['x-hub-signature-256'] === `sha256=${signature}`
    })
    response.writeHead(204).end()
  })
  await new Promise<void>(resolve => hook.listen(0, '127.0.0.1', resolve))
  try {
    const url = `http://127.0.0.1:${Object(hook.address()).port}/`
    const deliveries = deliverTo(github, { url, secret: 's3cret' })
    const client = createClient(github)
    const { body } = await client.rest('POST', '/deployments', { ref: 'main' })
    for (const state of ['in_progress', 'success', 'inactive']) {
      await client.rest('POST', `/deployments/${Object(body).id}/statuses`, { state })
    }
    expect(await deliveries.stop()).toEqual([204, 204, 204])
  } finally {
    hook.close()
  }
  expect(received).toEqual([
    { event: 'deployment', state: undefined, isSigned: true },
    { event: 'deployment_status', state: 'in_progress', isSigned: true },
    { event: 'deployment_status', state: 'success', isSigned: true }
  ])
})
