import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

type Variables = Readonly<Record<string, string>>

export interface AnsweredRequest {
  readonly operation: string
  readonly body: unknown
  readonly status: number
}

/** A simulator in its own process that answers after a latency. */
export interface SlowGitHub {
  /** Starts a new simulator without deployments. Returns the runner's variables for it. */
  restart(latencyMs: number): Promise<Variables>
  /** The requests since then. */
  requests(): Promise<readonly AnsweredRequest[]>
  end(): void
}

export function startSlowGitHub(): SlowGitHub {
  const file = fileURLToPath(new URL('github-process.ts', import.meta.url))
  const child = fork(file, { execArgv: process.execArgv })
  return {
    restart: latencyMs => ask<Variables>(child, latencyMs),
    requests: () => ask<readonly AnsweredRequest[]>(child, null),
    end: () => child.kill()
  }
}

async function ask<T>(child: ChildProcess, message: number | null): Promise<T> {
  child.send(message as never)
  const [answer] = await once(child, 'message')
  return answer as T
}
