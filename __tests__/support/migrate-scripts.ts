import { addStatus, create, type Fields, type Run, type StandIn } from './migrate-peer.ts'

/** `actions/github-script`, with the two calls that hand-written workflows make. */
export const githubScript: Run = async peer => {
  const [owner, repo] = (peer.env['GITHUB_REPOSITORY'] ?? '').split('/')
  const rest = ({ owner: _, repo: __, ...body }: Fields) => body
  const github = {
    rest: {
      repos: {
        createDeployment: async (body: Fields) => ({ data: await create(peer, rest(body)) }),
        createDeploymentStatus: async ({ deployment_id, ...body }: Fields) => ({
          data: await addStatus(peer, String(deployment_id), rest(body))
        })
      }
    }
  }
  const context = { repo: { owner, repo }, sha: peer.env['GITHUB_SHA'], ref: peer.env['GITHUB_REF'] }
  const core = { setOutput: peer.output }
  const script = new Function('github', 'context', 'core', `return (async () => {\n${peer.input('script')}\n})()`)
  const result: unknown = await script(github, context, core)
  if (result !== undefined) peer.output('result', String(result))
}

/** The user's deploy. `OUTCOME` decides what becomes of it. */
const deploy: Run = async peer => {
  if (peer.env['DEPLOYMENT_URL'] === '') throw new Error('There is no deployment to report on.')
  if (peer.env['OUTCOME'] === 'canceled') {
    peer.print(READY)
    await peer.canceled
  }
  if (peer.env['OUTCOME'] === 'fails') throw new Error(FAILED)
  peer.output('url', 'https://www.example.com')
}

/** A step after the deploy, such as a notification. */
const announce: Run = async peer => {
  if (peer.env['OUTCOME'] === 'later') throw new Error(FAILED)
}

/** The line of a deploy at which the run can be canceled. */
export const READY = 'ready to be canceled'
const FAILED = 'Process completed with exit code 1.'

/** The scripts that the workflows of the page start. They run in this process, as steps with `uses`. */
export const SCRIPTS: Readonly<Record<string, StandIn>> = {
  './deploy.sh': { main: deploy },
  './destroy.sh': { main: deploy },
  './announce.sh': { main: announce }
}
