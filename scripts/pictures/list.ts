import { markdownPage } from './page.ts'
import { deploySummary, pushed } from './scenarios.ts'

/**
 * The pictures of the documentation, by name: the HTML of each, made anew from what the action does. A test
 * compares it with the committed `docs/pictures/<name>.html`, which the pictures were taken of.
 */
export const PICTURES: Readonly<Record<string, () => Promise<string>>> = {
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
