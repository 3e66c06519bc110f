import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { addStatus, create, type Peer, type Run, type StandIn } from './migrate-peer.ts'
import { githubScript } from './migrate-scripts.ts'

// Stand-ins for the actions that docs/migrating.md starts from. Each sends the requests that the source of the action
// sends (read in November 2026), as far as the workflows of the page need it.

const list = (peer: Peer, environment: string) =>
  peer.api<{ id: number; ref: string }[]>('GET', `/deployments?environment=${encodeURIComponent(environment)}`)
const isTrue = (peer: Peer, name: string): boolean => peer.input(name) === 'true'

const bobheadxi: Run = async peer => {
  const environment = peer.input('env')
  const deactivate = async () => {
    for (const { id } of await list(peer, environment)) await addStatus(peer, id, { state: 'inactive' })
  }
  if (peer.input('step') === 'start') {
    const ref = peer.input('ref') || peer.env['GITHUB_REF']
    const fixed = { required_contexts: [], auto_merge: false, transient_environment: true }
    const { id } = await create(peer, { ref, environment, ...fixed })
    await addStatus(peer, id, { state: 'in_progress' })
    peer.output('deployment_id', id)
    peer.output('env', environment)
  } else if (peer.input('step') === 'finish') {
    const isOverride = peer.input('override') !== 'false'
    if (isOverride) await deactivate()
    const status = peer.input('status')
    const state = status === 'cancelled' ? 'inactive' : status
    const url = state === 'success' ? peer.input('env_url') : ''
    const body = { state, environment_url: url, auto_inactive: isOverride || isTrue(peer, 'auto_inactive') }
    await addStatus(peer, peer.input('deployment_id'), body)
  } else await deactivate()
}

const chrnormCreate: Run = async peer => {
  const ref = peer.input('ref') || peer.env['GITHUB_HEAD_REF'] || peer.env['GITHUB_REF']
  const environment = peer.input('environment') || 'production'
  const { id } = await create(peer, { ref, environment, required_contexts: [], auto_merge: false })
  const state = peer.input('initial-status') || 'pending'
  const auto_inactive = peer.input('auto-inactive') !== 'false'
  await addStatus(peer, id, { state, environment_url: peer.input('environment-url'), auto_inactive })
  peer.output('deployment_id', id)
}

const chrnormStatus: Run = peer =>
  addStatus(peer, Number.parseInt(peer.input('deployment-id'), 10), {
    state: peer.input('state'),
    environment_url: peer.input('environment-url')
  })

const int128: Run = async peer => {
  const head = peer.env['GITHUB_HEAD_REF']
  const number = /^refs\/pull\/(\d+)\//.exec(peer.env['GITHUB_REF'] ?? '')?.[1]
  const name = number === undefined ? (peer.env['GITHUB_REF_NAME'] ?? '') : `pr-${number}`
  const environment = (peer.input('environment') || name) + peer.input('environment-suffix')
  for (const { id } of await list(peer, environment)) {
    await peer.api('DELETE', `/deployments/${id}`).catch(() => undefined)
  }
  const isTransient = number !== undefined
  const fixed = { required_contexts: [], auto_merge: false, transient_environment: isTransient }
  const { id, url } = await create(peer, { ref: head || peer.env['GITHUB_REF'], environment, ...fixed })
  await addStatus(peer, id, { state: 'inactive' })
  peer.output('id', id)
  peer.output('url', url)
}

const strumwolf: Run = async peer => {
  const environment = peer.input('environment')
  const ref = peer.input('ref')
  const found = (await list(peer, environment)).filter(each => ref === '' || each.ref === ref)
  for (const { id } of found) await addStatus(peer, id, { state: 'inactive' })
  if (isTrue(peer, 'onlyDeactivateDeployments')) return
  for (const { id } of found) await peer.api('DELETE', `/deployments/${id}`)
  if (!isTrue(peer, 'onlyRemoveDeployments')) await peer.api('DELETE', `/environments/${environment}`)
}

const qoomon: Run = async peer => {
  const environment = peer.input('environment')
  const ref = peer.input('ref') || peer.env['GITHUB_REF']
  const { id } = await create(peer, { ref, environment, required_contexts: [], auto_merge: false })
  peer.save(id)
  peer.output('deployment-id', id)
  writeFileSync(join(peer.env['RUNNER_TEMP'] ?? '', 'qoomon'), String(id))
  const state = peer.input('state') || 'in_progress'
  await addStatus(peer, id, { state, environment_url: peer.input('environment-url'), auto_inactive: false })
}

const latestOf = async (peer: Peer, id: string) =>
  (await peer.api<{ state: string; environment_url: string }[]>('GET', `/deployments/${id}/statuses`))[0]

const qoomonPost: Run = async peer => {
  if (peer.saved === '' || peer.input('auto-close') === 'false') return
  const latest = await latestOf(peer, peer.saved)
  if (latest?.state !== 'in_progress') return
  const state = peer.input('#job-status') === 'success' ? 'success' : 'failure'
  const url = latest.environment_url
  await addStatus(peer, peer.saved, { state, environment_url: url, auto_inactive: state === 'success' })
}

const avakarCreate: Run = async peer => {
  const contexts = peer.input('required_contexts') === '*' ? {} : { required_contexts: [] }
  const { id, url } = await create(peer, {
    ...contexts,
    ref: peer.input('ref') || peer.env['GITHUB_SHA'],
    environment: peer.input('environment'),
    auto_merge: isTrue(peer, 'auto_merge'),
    transient_environment: isTrue(peer, 'transient_environment')
  })
  peer.output('deployment_id', id)
  peer.output('deployment_url', url)
}

/** Without an id, the deployment of the event. */
const setStatus: Run = peer =>
  addStatus(peer, peer.input('deployment_id') || deploymentOf(peer), {
    state: peer.input('state'),
    auto_inactive: isTrue(peer, 'auto_inactive'),
    ...(peer.input('environment_url') && { environment_url: peer.input('environment_url') })
  })

const deploymentOf = (peer: Peer): number =>
  (JSON.parse(readFileSync(peer.env['GITHUB_EVENT_PATH'] ?? '', 'utf8')) as { deployment: { id: number } }).deployment
    .id

const oction: Run = async peer => {
  const contexts = peer.input('required_contexts')
  const { id } = await create(peer, {
    ref: peer.input('ref'),
    environment: peer.input('environment'),
    auto_merge: isTrue(peer, 'auto_merge'),
    ...(contexts === '<<EMPTY>>' && { required_contexts: [] })
  })
  peer.output('id', id)
}

export const PEERS: Readonly<Record<string, StandIn>> = {
  'bobheadxi/deployments@v1': { main: bobheadxi },
  'chrnorm/deployment-action@v2': { main: chrnormCreate },
  'chrnorm/deployment-status@v2': { main: chrnormStatus },
  'int128/deployment-action@v1': { main: int128 },
  'strumwolf/delete-deployment-environment@v3': { main: strumwolf },
  'qoomon/actions--create-deployment@v2': {
    main: qoomon,
    post: qoomonPost,
    with: { '#job-status': '${{ job.status }}' }
  },
  'qoomon/actions--create-deployment/status@v2': {
    main: async peer => {
      const id = readFileSync(join(peer.env['RUNNER_TEMP'] ?? '', 'qoomon'), 'utf8')
      const url = peer.input('environment-url') || (await latestOf(peer, id))?.environment_url
      const state = peer.input('state')
      await addStatus(peer, id, { state, environment_url: url ?? '', auto_inactive: state === 'success' })
    }
  },
  'avakar/create-deployment@v1': {
    main: avakarCreate,
    with: { auto_merge: true, required_contexts: '*', environment: 'production' }
  },
  'avakar/set-deployment-status@v1': { main: setStatus, with: { auto_inactive: true } },
  'maxkomarychev/oction-create-deployment@v0.7.1': { main: oction },
  'maxkomarychev/oction-create-deployment-status@v0.7.1': { main: setStatus },
  'actions/github-script@v8': { main: githubScript }
}

export const PEER_NAMES: readonly string[] = Object.keys(PEERS)
