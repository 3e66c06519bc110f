import { type ActionResult, linesOf, parseCommands } from '../../simulator/runner/index.ts'

type Output = Pick<ActionResult, 'stdout'>
type Ended = Output & Partial<Pick<ActionResult, 'exitCode' | 'problems'>>

const messages =
  (level: string) =>
  ({ stdout }: Output): string[] =>
    parseCommands(stdout)
      .filter(({ name }) => name === level)
      .map(({ data }) => data)

/** The warnings of a stage, with their links to the troubleshooting page. */
export const warningsOf = messages('warning')

export const errorsOf = messages('error')

/** The error that failed a stage, or why the runner fails it without one; `undefined` if it succeeded. */
export const failureOf = (result: Ended): string | undefined =>
  errorsOf(result).at(-1) ?? result.problems?.[0] ?? (result.exitCode ? `exit code ${result.exitCode}` : undefined)

/** The log of a stage, with notices and without other workflow commands. A notice can have several lines. */
export const logOf = ({ stdout }: Output): string[] =>
  linesOf(stdout.replace(/\n$/, '')).flatMap(line => {
    const [command] = parseCommands(line)
    if (command === undefined) return [line]
    return command.name === 'notice' ? [command.data] : []
  })
