import { event } from '../../../simulator/events/index.ts'
import type { RunnerEvent } from '../../../simulator/runner/index.ts'
import { deploysWith, type Recipe, withStandIn } from './run.ts'

const pushed = (): RunnerEvent => event('push')
const NO_URL = 'has no URL'

/** The cases of a deploy target: the common three, and those of the target. */
const target = (title: string, file: string, ...more: string[]): Recipe => ({
  title,
  cases: {
    ...deploysWith(`targets/${file}.yml`, pushed),
    ...Object.fromEntries(more.map(name => [name, withStandIn(`targets/${file}.yml`, pushed, name)]))
  }
})

/** docs/recipes/clouds.md, docs/recipes/sites.md and docs/recipes/servers.md. */
export const targetRecipes: readonly Recipe[] = [
  target('AWS ECS', 'aws-ecs', 'rolls back', NO_URL),
  target('Azure App Service', 'azure', NO_URL),
  target('Kubernetes with Helm', 'helm', NO_URL),
  target('Terraform', 'terraform', NO_URL, 'has other outputs'),
  {
    title: 'Cloudflare Pages',
    cases: deploysWith('targets/cloudflare-pages.yml', () => event('pull_request'))
  },
  target('Cloudflare Workers', 'cloudflare-workers', NO_URL),
  target('Vercel', 'vercel'),
  target('Netlify', 'netlify'),
  target('SSH', 'ssh', NO_URL),
  target('Docker Compose', 'docker-compose', NO_URL)
]
