import type { Section } from '../lib/errors.ts'
import type { JsonObject } from '../lib/json.ts'
import type { Client } from './client.ts'
import { explain, type OnFailure } from './error-messages.ts'
import { GitHubFailure, isTooLarge, toFailure } from './failure.ts'
import { createLoopCheck, hasNextPage, PAGE_SIZE, SMALL_PAGE_SIZE } from './responses.ts'
import type { Call } from './retry.ts'

export interface RestCall<T> {
  /** Completes "Could not …". */
  readonly operation: string
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** The part after `/repos/{owner}/{repo}`. */
  readonly path: string
  readonly parameters: JsonObject
  readonly read: Call<T>['read']
  readonly onUnknown: Call<T>['onUnknown']
  readonly until?: number
  readonly onFailure?: OnFailure | undefined
}

export interface RestList<T> {
  readonly operation: string
  readonly path: string
  readonly parameters: JsonObject
  readonly read: (data: unknown) => T[] | undefined
  readonly onUnknown: 'again' | 'once'
  readonly until?: number
  readonly onFailure?: OnFailure | undefined
}

/** Logs a warning that belongs to a section of the troubleshooting page. */
export type Warn = (text: string, section: Section) => void

/** Requests to one repository. They throw a RequestError. */
export interface Rest {
  /** Logs a warning about a request that was changed to succeed. */
  readonly warn: Warn
  call<T>(call: RestCall<T>): Promise<T>
  /** All pages of a list. An empty page ends it. */
  pages<T>(list: RestList<T>): AsyncGenerator<T[]>
}

export function restOf(client: Client, repository: string, warn: Warn): Rest {
  const [owner, repo] = repository.split('/')
  const call = async <T>({ operation, method, path, onFailure, ...rest }: RestCall<T>): Promise<T> => {
    const route = `${method} /repos/{owner}/{repo}${path}`
    const parameters = { owner, repo, ...rest.parameters }
    try {
      return await client.send({ ...rest, operation, route, parameters })
    } catch (error) {
      const isRead = method === 'GET'
      throw explain(toFailure(error), { operation, repository, isRead, onFailure })
    }
  }
  return {
    warn,
    call,
    async *pages<T>(list: RestList<T>) {
      const endless = createLoopCheck()
      let size = PAGE_SIZE
      const read = (page: number) =>
        call({
          ...list,
          method: 'GET',
          parameters: { ...list.parameters, per_page: size, page },
          read: (data, _status, headers) => {
            const items = list.read(data)
            return items && { items, isLast: !hasNextPage(headers) }
          }
        })
      for (let page = 1; ; page++) {
        const { items, isLast } = await read(page).catch(error => {
          if (!isTooLarge(error.cause) || size === SMALL_PAGE_SIZE) throw error
          page = ((page - 1) * size) / SMALL_PAGE_SIZE + 1
          size = SMALL_PAGE_SIZE
          return read(page)
        })
        if (items.length > 0) yield items
        if (isLast || items.length === 0) return
        const problem = endless(JSON.stringify(items[0]), `${page}`)
        if (problem !== '') {
          const failure = new GitHubFailure(problem, { isFinal: true })
          const { operation, onFailure } = list
          throw explain(failure, { operation, repository, isRead: true, onFailure })
        }
      }
    }
  }
}
