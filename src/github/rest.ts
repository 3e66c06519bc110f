import type { JsonObject } from '../lib/json.ts'
import type { Client } from './client.ts'
import { explain } from './error-messages.ts'
import { toFailure } from './failure.ts'
import { hasNextPage } from './responses.ts'
import type { Call } from './retry.ts'

export interface RestCall<T> {
  /** Completes "Could not …" in an error. */
  readonly operation: string
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** What follows `/repos/{owner}/{repo}`. */
  readonly path: string
  readonly parameters: JsonObject
  readonly read: Call<T>['read']
  readonly onUnknown: Call<T>['onUnknown']
  readonly until?: number
}

export interface RestList<T> {
  readonly operation: string
  readonly path: string
  readonly parameters: JsonObject
  readonly read: (data: unknown) => T[] | undefined
  readonly onUnknown: 'again' | 'once'
  readonly until?: number
}

/** Requests to one repository, whose errors say what was to be done. */
export interface Rest {
  call<T>(call: RestCall<T>): Promise<T>
  /** All pages of a list; a page that brings nothing ends it, so that no looping header can. */
  pages<T>(list: RestList<T>): AsyncGenerator<T[]>
}

export function restOf(client: Client, repository: string): Rest {
  const [owner, repo] = repository.split('/')
  const call = async <T>({ operation, method, path, ...rest }: RestCall<T>): Promise<T> => {
    const route = `${method} /repos/{owner}/{repo}${path}`
    const parameters = { owner, repo, ...rest.parameters }
    try {
      return await client.send({ ...rest, operation, route, parameters })
    } catch (error) {
      throw explain(toFailure(error), operation, repository)
    }
  }
  return {
    call,
    async *pages<T>(list: RestList<T>) {
      for (let page = 1; ; page++) {
        const { items, isLast } = await call({
          ...list,
          method: 'GET',
          parameters: { ...list.parameters, per_page: 100, page },
          read: (data, _status, headers) => {
            const items = list.read(data)
            return items && { items, isLast: !hasNextPage(headers) }
          }
        })
        if (items.length > 0) yield items
        if (isLast || items.length === 0) return
      }
    }
  }
}
