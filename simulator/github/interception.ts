import type { Answer, Deliver, Interceptor, RequestRecord, Scripted } from './types.ts'

/** An answer, how to write it where that is special, or none at all. */
export type Sent = { readonly answer: Answer; readonly deliver?: Deliver } | 'reset'

/** Asks the handlers in order; the first that says something replaces GitHub's answer. */
export async function answerOrScript(
  handlers: Iterable<Interceptor>,
  record: RequestRecord,
  process: () => Promise<Answer>,
  closed: AbortSignal
): Promise<Sent> {
  let answered: Promise<Answer> | undefined
  const proceed = (): Promise<Answer> => {
    answered ??= process()
    return answered
  }
  for (const handler of handlers) {
    const scripted = await handler(record, proceed, closed)
    if (scripted === undefined) continue
    if (scripted !== 'reset' && 'after' in scripted && scripted.after) await proceed()
    return sentOf(scripted, proceed)
  }
  return { answer: await proceed() }
}

async function sentOf(scripted: Scripted, proceed: () => Promise<Answer>): Promise<Sent> {
  if (scripted === 'reset' || 'reset' in scripted) return 'reset'
  if ('deliver' in scripted) {
    return { answer: scripted.answer ?? (await proceed()), deliver: scripted.deliver }
  }
  const headers = Object.entries(scripted.headers ?? {})
  return {
    answer: {
      status: scripted.status,
      // In lower case they replace the standard headers of the same name.
      headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
      body: scripted.body
    }
  }
}
