import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

type Variables = Readonly<Record<string, string>>

export interface AnsweredRequest {
  readonly operation: string
  readonly status: number
}

/** A local GitHub that takes as long to answer as it is told. */
export interface SlowGitHub {
  /** A new one without deployments; gives the runner's variables that lead to it. */
  begin(latencyMs: number): Promise<Variables>
  /** What it was asked since then. */
  requests(): Promise<readonly AnsweredRequest[]>
  end(): void
}

/** Starts the local GitHub in a process of its own. */
export function startSlowGitHub(): SlowGitHub {
  const file = fileURLToPath(new URL('github-process.ts', import.meta.url))
  const child = fork(file, { execArgv: process.execArgv })
  return {
    begin: latencyMs => ask<Variables>(child, latencyMs),
    requests: () => ask<readonly AnsweredRequest[]>(child, null),
    end: () => child.kill()
  }
}

async function ask<T>(child: ChildProcess, message: number | null): Promise<T> {
  child.send(message as never)
  const [answer] = await once(child, 'message')
  return answer as T
}
