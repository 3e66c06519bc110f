// What no deploy action can be faster than: the one request of a post step, and nothing else, by `require`.
const http = require('node:http')

const { GITHUB_API_URL: api, GITHUB_REPOSITORY: repository, STATE_id: id, TOKEN } = process.env
const headers = { authorization: `token ${TOKEN}`, 'user-agent': 'floor' }
const url = `${api}/repos/${repository}/deployments/${id}/statuses`
const sent = http.request(url, { method: 'POST', headers }, async answer => {
  const { state } = JSON.parse((await answer.toArray()).join(''))
  process.stdout.write(`${state}\n`, () => process.exit())
})
sent.end(JSON.stringify({ state: 'success' }))
