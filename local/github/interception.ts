import type { Answer, Interceptor, RequestRecord, Scripted } from './types.ts'

export type Sent = Answer | 'reset'

/** Asks the handlers in order; the first that says something replaces GitHub's answer. */
export async function answerOrScript(
  handlers: Iterable<Interceptor>,
  record: RequestRecord,
  process: () => Promise<Answer>
): Promise<Sent> {
  let answered: Promise<Answer> | undefined
  const proceed = (): Promise<Answer> => {
    answered ??= process()
    return answered
  }
  for (const handler of handlers) {
    const scripted = await handler(record, proceed)
    if (scripted === undefined) continue
    if (scripted !== 'reset' && scripted.after) await proceed()
    return sentOf(scripted)
  }
  return proceed()
}

function sentOf(scripted: Scripted): Sent {
  if (scripted === 'reset' || 'reset' in scripted) return 'reset'
  const headers = Object.entries(scripted.headers ?? {})
  return {
    status: scripted.status,
    // In lower case they replace the standard headers of the same name.
    headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
    body: scripted.body
  }
}
