import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { event } from '../../simulator/events/index.ts'
import { type JobResult, runWorkflow, type SignalTimings, type StepResult } from '../../simulator/runner/index.ts'

const FOLDER = join(import.meta.dirname, '..', '..', 'simulator', 'runner', 'traces')

type Interrupt = { kind: 'cancel' | 'shutdown' } & ({ 'when-file-exists': string } | { while: 'the first step waits' })

interface RecordedStep {
  name: string
  errors?: string[]
  probes: { action: string }[]
}

/** A job that ran on GitHub's own runner. The fields are described in the README of the traces. */
export interface Trace {
  why: string
  job: string
  files?: Record<string, string>
  interrupt?: Interrupt
  'job-result': string
  steps: RecordedStep[]
}

/** The recorded jobs by name. */
export const traces: [name: string, trace: Trace][] = readdirSync(FOLDER)
  .filter(file => file.endsWith('.json'))
  .map(file => [file.replace(/\.json$/, ''), JSON.parse(readFileSync(join(FOLDER, file), 'utf8'))])

/** What is compared of a recorded job: all that it holds, except what the README leaves out. */
export function recorded({ why: _, job: _job, files: _files, interrupt: _by, ...rest }: Trace): object {
  const actionOf = numbered()
  return {
    ...rest,
    steps: rest.steps.map(step => ({
      ...step,
      errors: step.errors?.length ?? 0,
      probes: step.probes.map(probe => ({ ...probe, action: actionOf(probe.action) }))
    }))
  }
}

/** The words of GitHub's run service. */
const WORDS = {
  success: 'succeeded',
  failure: 'failed',
  cancelled: 'canceled',
  skipped: 'skipped'
} as const

/** Runs a recorded job on the simulated runner and describes it as `recorded` does. */
export async function replay(trace: Trace, signalTimings?: SignalTimings): Promise<object> {
  const workspace = workspaceOf(trace)
  const signals = { cancel: new AbortController(), shutdown: new AbortController() }
  let hasOutput = false
  let isOver = false
  const running = runWorkflow({
    workflow: `jobs:\n  job:\n${trace.job.replaceAll(/^/gm, '    ')}\n`,
    root: workspace,
    event: event('push'),
    checkRunId: () => 777,
    ...(signalTimings && { signalTimings }),
    cancel: signals.cancel.signal,
    shutdown: signals.shutdown.signal,
    onLine: () => {
      hasOutput = true
    }
  }).finally(() => {
    isOver = true
    rmSync(workspace, { recursive: true, force: true })
  })
  if (trace.interrupt !== undefined) {
    const { kind, ...when } = trace.interrupt
    const isTime = (): boolean => ('while' in when ? hasOutput : existsSync(join(workspace, when['when-file-exists'])))
    while (!isTime() && !isOver) await delay(20)
    // The probe prints its line shortly before it can handle signals.
    if ('while' in when) await delay(300)
    signals[kind].abort()
  }
  const { jobs } = await running
  return described(jobs['job'])
}

/** A folder with the probe action and the files of a recorded job. */
function workspaceOf({ files = {} }: Trace): string {
  const workspace = mkdtempSync(join(tmpdir(), 'trace-'))
  cpSync(join(FOLDER, 'probe'), join(workspace, 'probe'), { recursive: true })
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(workspace, path)), { recursive: true })
    writeFileSync(join(workspace, path), text)
  }
  return workspace
}

function described(job: JobResult | undefined): object {
  const actionOf = numbered()
  const steps: {
    name: string
    conclusion: string
    errors: number
    probes: { action: string }[]
  }[] = []
  for (const step of job?.steps ?? []) {
    if (!step.isEmbedded) {
      steps.push({
        name: step.name
          .replace(/^(Post )?Run \.\//, '$1Run ')
          .replace(/^(Wait for (?!all background steps$)|Cancel ).*/, 'control'),
        conclusion: WORDS[step.conclusion],
        errors: step.annotations.filter(each => each.level === 'error').length,
        probes: []
      })
    }
    // Embedded steps print into the composite action's step.
    steps.at(-1)?.probes.push(...probesOf(step))
  }
  for (const { probes } of steps) {
    for (const probe of probes) probe.action = actionOf(probe.action)
  }
  return { 'job-result': job && WORDS[job.conclusion], steps }
}

const probesOf = (step: StepResult): { action: string }[] =>
  step.stdout
    .split('\n')
    .filter(line => line.startsWith('PROBE '))
    .map(line => JSON.parse(line.slice('PROBE '.length)))

/** Replaces the names that the runner makes up by their number; a step with an `id` keeps it. */
function numbered(): (action: string) => string {
  const names: string[] = []
  return action => {
    if (!action.startsWith('__')) return action
    if (!names.includes(action)) names.push(action)
    return `generated ${names.indexOf(action)}`
  }
}
