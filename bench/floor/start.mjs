// The requests of `start`, in the same order, and nothing else: no checks, no retries, no payload.
// `process.getBuiltinModule` and not `import`: the exports of `node:http` include `WebSocket`, so an import of it
// loads Node's whole `fetch`, about 40 ms.
const http = process.getBuiltinModule('node:http')
process.getBuiltinModule('node:https')
const { randomUUID } = process.getBuiltinModule('node:crypto')

const { GITHUB_API_URL, GITHUB_GRAPHQL_URL, GITHUB_REPOSITORY, GITHUB_SHA, TOKEN } = process.env
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

const query = `query Deployments($owner: String!, $name: String!, $environments: [String!]) {
  repository(owner: $owner, name: $name) {
    deployments(first: 100, environments: $environments, orderBy: {field: CREATED_AT, direction: DESC}) {
      nodes { databaseId commitOid latestStatus { state } }
    }
  }
}`
const variables = { owner, name, environments: ['qa'] }
const key = { payload: { key: randomUUID() }, auto_merge: false, required_contexts: [] }
const created = post(deployments, { ref: GITHUB_SHA, environment: 'qa', ...key })
const read = post(GITHUB_GRAPHQL_URL, { query, variables })
const { id } = await created
await post(`${deployments}/${id}/statuses`, { state: 'in_progress' })
await read
process.stdout.write(`${id}\n`, () => process.exit())
