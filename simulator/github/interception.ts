import type { Answer, Deliver, Interceptor, RequestRecord, Scripted } from './types.ts'

/** A response with an optional function that writes it, or a connection reset. */
export type Sent = { readonly answer: Answer; readonly deliver?: Deliver } | 'reset'

/** Calls the interceptors in order. The first result replaces GitHub's response. */
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
      // Lower case, so that they replace the standard headers.
      headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
      body: scripted.body
    }
  }
}
