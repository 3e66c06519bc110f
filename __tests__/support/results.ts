import { type ActionResult, linesOf, parseCommands } from '../../simulator/runner/index.ts'

type Output = Pick<ActionResult, 'stdout'>

const messages =
  (level: string) =>
  ({ stdout }: Output): string[] =>
    parseCommands(stdout)
      .filter(({ name }) => name === level)
      .map(({ data }) => data)

/** The warnings of a stage, with their links to the troubleshooting page. */
export const warningsOf = messages('warning')

/** The error that failed a stage; `undefined` if it succeeded. */
export const failureOf = (result: Output): string | undefined => messages('error')(result).at(-1)

/** The log of a stage, with notices and without other workflow commands. A notice can have several lines. */
export const logOf = ({ stdout }: Output): string[] =>
  linesOf(stdout.replace(/\n$/, '')).flatMap(line => {
    const [command] = parseCommands(line)
    if (command === undefined) return [line]
    return command.name === 'notice' ? [command.data] : []
  })
