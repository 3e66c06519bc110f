import { relative } from 'node:path'

const root = new URL('..', import.meta.url).pathname

/** A test file by its name below `__tests__`, without its ending. */
const nameOf = path => relative(root, path).replaceAll('\\', '/').replace('.test.ts', '')

/**
 * Counts the tests against each kind of server, so that no test is left out unnoticed: each file of the table, and
 * each of its scenarios except those that are marked and counted in `jest.servers.config.js`.
 */
export default class CountScenarios {
  #config
  #kinds
  #problems = []

  /**
   * @param {import('@jest/types').Config.GlobalConfig} config
   * @param {Record<string, { files: string[], leftOut: number }>} kinds
   */
  constructor(config, kinds) {
    this.#config = config
    this.#kinds = kinds
  }

  onRunComplete(_contexts, { testResults }) {
    // A run of selected kinds, files or titles is not complete.
    const { testPathPatterns, testNamePattern } = this.#config
    const isPart = testPathPatterns.isSet() || testNamePattern
    if (isPart || process.argv.includes('--selectProjects')) return
    for (const [kind, { files, leftOut }] of Object.entries(this.#kinds)) {
      const ran = testResults.filter(each => each.displayName?.name === kind)
      const scenarios = ran.flatMap(each => each.testResults)
      const skipped = scenarios.filter(({ status }) => status === 'pending' || status === 'todo')
      const unmarked = skipped.filter(({ title }) => !title.includes('[left out: '))
      const names = ran.map(({ testFilePath }) => nameOf(testFilePath))
      const missing = files.filter(file => !names.includes(file))
      for (const file of missing) this.#report(`${file}.test.ts did not run against ${kind}.`)
      for (const { title } of unmarked) this.#report(`Skipped on ${kind} without a reason: ${title}`)
      if (skipped.length !== leftOut) {
        this.#report(`${skipped.length} scenarios are left out on ${kind}, but jest.servers.config.js has ${leftOut}.`)
      }
      process.stderr.write(`${kind}: ${scenarios.length - skipped.length} scenarios ran, ${skipped.length} left out\n`)
    }
  }

  #report(problem) {
    this.#problems.push(problem)
    process.stderr.write(`${problem}\n`)
  }

  getLastError() {
    return this.#problems.length > 0 ? new Error(this.#problems.join('\n')) : undefined
  }
}
