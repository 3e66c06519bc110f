import { deploymentsPage, pullRequestPage } from '../../demo/pages/index.ts'
import { markdownPage } from './page.ts'
import { deploySummary, pushed, repositoryAfterDeploys } from './scenarios.ts'

/** A page of the demo without the script that updates it, and with closed details. */
const still = (page: string): string =>
  page.replace(/<script>.*<\/script>\n/s, '').replaceAll('<details open>', '<details>')

/**
 * The pictures of the documentation by name. Each returns the HTML of the picture, made from what the committed
 * bundle does. A test compares it with `docs/pictures/<name>.html`, the source of the committed pictures.
 */
export const PICTURES: Readonly<Record<string, () => Promise<string>>> = {
  deployments: async () => {
    const { store, now } = await repositoryAfterDeploys()
    return still(deploymentsPage(store, { now }))
  },
  'pull-request': async () => {
    const { store, pull, now } = await repositoryAfterDeploys()
    return still(pullRequestPage(store, { pull, now }))
  },
  summary: async () =>
    markdownPage(
      'The job summary of a deploy',
      await deploySummary({
        environment: 'production',
        jobStatus: 'success',
        seconds: 134,
        event: pushed('Round totals the way invoices do')
      }),
      '../../node_modules'
    )
}
