import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { interpolateText, TemplateError } from './expressions.ts'
import { note } from './job-state.ts'
import { endingOf, runProgram } from './process-step.ts'
import type { Ending, Execution, Step } from './step-types.ts'

// ScriptHandlerHelpers.cs. The first one is for a step without `shell`.
const SHELLS: Record<string, { file: string; args: string[]; extension: string }> = {
  '': { file: 'bash', args: ['-e', '{0}'], extension: '.sh' },
  bash: {
    file: 'bash',
    args: ['--noprofile', '--norc', '-e', '-o', 'pipefail', '{0}'],
    extension: '.sh'
  },
  sh: { file: 'sh', args: ['-e', '{0}'], extension: '.sh' },
  python: { file: 'python', args: ['{0}'], extension: '.py' }
}

/** Runs a `run:` step. */
export async function runScript(step: Step, execution: Execution): Promise<Ending> {
  const { job, file, frame } = step
  const defaults = frame.composite === undefined ? job.defaults : {}
  if (frame.composite !== undefined && file.shell === undefined) {
    throw new TemplateError('Required property is missing: shell')
  }
  const shell = shellNamed(interpolateText(file.shell ?? defaults.shell ?? '', execution.scope))
  const temp = job.runner['temp'] ?? ''
  const script = join(temp, `${randomUUID()}${shell.extension}`)
  mkdirSync(temp, { recursive: true }) // A step can delete it.
  writeFileSync(script, `${interpolateText(file.run ?? '', execution.scope)}\n`)
  const folder = file['working-directory'] ?? defaults['working-directory'] ?? ''
  const result = await runProgram(step, execution, {
    file: shell.file,
    args: shell.args.map(arg => arg.replace('{0}', script)),
    cwd: resolve(job.workspace, interpolateText(folder, execution.scope))
  })
  if (result.exitCode !== 0 && !execution.abort.aborted) {
    note(step, 'error', `Process completed with exit code ${result.exitCode ?? result.signal}.`)
  }
  return endingOf(result)
}

function shellNamed(name: string): { file: string; args: string[]; extension: string } {
  const known = SHELLS[name]
  if (known !== undefined) return known
  const [file, ...args] = name.split(/\s+/)
  if (file === undefined || !name.includes('{0}')) {
    throw new TemplateError(
      `Invalid shell option. Shell must be a valid built-in (bash, sh, python) or a format string containing '{0}', not '${name}'`
    )
  }
  return { file, args, extension: '' }
}
