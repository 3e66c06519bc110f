// Sends the requests of `start` in the same order, and does nothing else: no checks, no retries, no outputs.
// `import http from 'node:http'` would make Node 24 load its `fetch`, about 40 ms, because the exports of the module
// include `WebSocket`.
const http = process.getBuiltinModule('node:http')
process.getBuiltinModule('node:https')
const { randomUUID } = process.getBuiltinModule('node:crypto')

const { GITHUB_API_URL, GITHUB_GRAPHQL_URL, GITHUB_REPOSITORY, GITHUB_SHA, LOG_URL, TOKEN } = process.env
const deployments = `${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}/deployments`
const [owner, name] = GITHUB_REPOSITORY.split('/')
const headers = { authorization: `token ${TOKEN}`, 'user-agent': 'floor' }
const agent = new http.Agent({ keepAlive: true })

const post = (url, body) =>
  new Promise((resolve, reject) => {
    const request = http.request(url, { method: 'POST', headers, agent }, async response => {
      resolve(JSON.parse((await response.toArray()).join('')))
    })
    request.on('error', reject).end(JSON.stringify(body))
  })

const query = `query Deployments($owner: String!, $name: String!, $environments: [String!], $first: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    deployments(first: $first, after: $after, environments: $environments, orderBy: {field: CREATED_AT, direction: DESC}) {
      pageInfo { hasNextPage endCursor }
      nodes {
        id databaseId commitOid createdAt environment task payload
        ref { name prefix }
        creator { login }
        latestStatus { state description environmentUrl logUrl }
      }
    }
  }
}`
const run = { v: 1, run_id: 9, run_attempt: 1, check_run_id: 4242, job: 'deploy', ref: 'main' }
const created = post(deployments, {
  ref: GITHUB_SHA,
  task: 'deploy',
  environment: 'qa',
  auto_merge: false,
  transient_environment: false,
  required_contexts: [],
  payload: { 'deploy-status-action': { ...run, auto_finish: true, transient: false, key: randomUUID() } }
})
const variables = { owner, name, environments: ['qa'], first: 100, after: null }
const read = post(GITHUB_GRAPHQL_URL, { query, variables })
const { id } = await created
const status = { state: 'in_progress', log_url: LOG_URL, auto_inactive: false }
await post(`${deployments}/${id}/statuses`, status)
await read
process.stdout.write(`${id}\n`, () => process.exit())
