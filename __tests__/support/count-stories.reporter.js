import { relative } from 'node:path'

const root = new URL('..', import.meta.url).pathname

/** A test file by its name below `__tests__`, without its ending. */
const nameOf = path => relative(root, path).replaceAll('\\', '/').replace('.test.ts', '')

/**
 * Counts what ran against each kind of server, so that nothing drops out unseen: each file of the table, and
 * each of its stories but those that are marked and counted in `jest.servers.config.js`.
 */
export default class CountStories {
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
    // Who picks a kind, files or titles by hand wants those alone.
    const { testPathPatterns, testNamePattern } = this.#config
    const isPart = testPathPatterns.isSet() || testNamePattern
    if (isPart || process.argv.includes('--selectProjects')) return
    for (const [kind, { files, leftOut }] of Object.entries(this.#kinds)) {
      const ran = testResults.filter(each => each.displayName?.name === kind)
      const stories = ran.flatMap(each => each.testResults)
      const skipped = stories.filter(({ status }) => status === 'pending' || status === 'todo')
      const unmarked = skipped.filter(({ title }) => !title.includes('[left out: '))
      const names = ran.map(({ testFilePath }) => nameOf(testFilePath))
      const missing = files.filter(file => !names.includes(file))
      for (const file of missing) this.#tell(`${file}.test.ts did not run against ${kind}.`)
      for (const { title } of unmarked) this.#tell(`Skipped on ${kind} without a reason: ${title}`)
      if (skipped.length !== leftOut) {
        this.#tell(`${skipped.length} stories are left out on ${kind}, not ${leftOut} as is written.`)
      }
      process.stderr.write(`${kind}: ${stories.length - skipped.length} stories ran, ${skipped.length} left out\n`)
    }
  }

  #tell(problem) {
    this.#problems.push(problem)
    process.stderr.write(`${problem}\n`)
  }

  getLastError() {
    return this.#problems.length > 0 ? new Error(this.#problems.join('\n')) : undefined
  }
}
