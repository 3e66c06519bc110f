import { messageOf, type Section, sectionOf } from './lib/errors.ts'
import { runMain } from './main.ts'
import { runPost } from './post/post.ts'
import { type Host, hostOf, openStep } from './runner/step.ts'

export type { Host }

/** The main step: the only place where an error fails the step. */
export async function main(host: Host = hostOf(process.env)): Promise<void> {
  const end = guard(host, 1, reason => step.fail(reason, 'internal'))
  const step = openStep(host)
  try {
    await runMain(step)
  } catch (error) {
    step.fail(messageOf(error), sectionOf(error))
  }
  step.restoreFiles()
  end()
}

/** The post step. It never fails the job: the deploy has ended, only its report is missing. */
export async function post(host: Host = hostOf(process.env)): Promise<void> {
  const warn = (reason: string, section: Section) =>
    step.log.warning(`The final state of the deployment was not reported. ${reason}`, section)
  const end = guard(host, 0, reason => warn(reason, 'internal'))
  const step = openStep(host)
  try {
    await runPost(step)
  } catch (error) {
    warn(messageOf(error), sectionOf(error))
  }
  end()
}

/**
 * Keeps the process from ending with a stack trace or with another exit code: Node 20 ends a process that runs out of work
 * with 0, and Node 24 with 13 (an unsettled top-level await). Returns what to call when the step is done, which ends the
 * process: a process of the command or a hanging read could keep it alive.
 */
function guard({ env }: Host, exitCode: 0 | 1, complain: (reason: string) => void): () => void {
  // Tests run many steps in one process.
  if (env !== process.env) return () => undefined
  const stop = (reason: string) => {
    complain(reason)
    process.exit(exitCode)
  }
  process.once('beforeExit', () => stop('The step ended before it was complete.'))
  process.once('uncaughtException', error => stop(messageOf(error)))
  let isLogBroken = false
  process.stdout.on('error', error => {
    process.stderr.on('error', () => undefined)
    if (!isLogBroken) process.stderr.write(`${describeBrokenLog(error)}\n`)
    isLogBroken = true
    // The work continues. A green main step would hide the lost warnings.
    process.exitCode = exitCode
  })
  // Node reports a broken stream a turn later.
  return () => process.stdout.write('', () => setImmediate(() => process.exit()))
}

const describeBrokenLog = (error: NodeJS.ErrnoException): string =>
  `Standard output cannot be written (${error.code}), so warnings of this step can be missing.`
