import type { Client } from '../../simulator/github/index.ts'

/**
 * Previews in Decap CMS, as proposed in decaporg/decap-cms#5733: the newest status of the deployments with the task
 * `deploy` and the head commit as `ref`. Version 3.8.3 reads only commit statuses.
 */
export async function previewUrl(client: Client, sha: string): Promise<string | undefined> {
  const { body: deployments } = await client.rest('GET', `/deployments?task=deploy&ref=${sha}`)
  const [deployment] = Array.isArray(deployments) ? deployments : []
  if (deployment === undefined) return undefined
  const { body } = await client.rest('GET', `/deployments/${deployment.id}/statuses`)
  const [status] = Array.isArray(body) ? body : []
  return status?.state === 'success' ? status.environment_url : undefined
}
