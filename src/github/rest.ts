import type { Fields } from '../parse.ts'
import { hasNextPage } from './answers.ts'
import type { Call, Client } from './client.ts'
import { explain } from './explain.ts'
import { toFailure } from './failure.ts'

/** Requests to one repository, whose errors say what was to be done. */
export interface Rest {
  /** `doing` completes "Could not …"; `path` is what follows `/repos/{owner}/{repo}`. */
  call<T>(
    doing: string,
    method: string,
    path: string,
    parameters: Fields,
    read: Read<T>
  ): Promise<T>
  /** All pages of a list; a page that brings nothing ends it, so that no looping header can. */
  pages<T>(
    doing: string,
    path: string,
    parameters: Fields,
    read: (data: unknown) => T[] | undefined
  ): AsyncGenerator<T[]>
}

type Read<T> = Call<T>['read']

export function restOf(client: Client, repository: string): Rest {
  const [owner, repo] = repository.split('/')
  const call: Rest['call'] = async (doing, method, path, parameters, read) => {
    const route = `${method} /repos/{owner}/{repo}${path}`
    try {
      return await client.send({ route, parameters: { owner, repo, ...parameters }, read })
    } catch (error) {
      throw explain(toFailure(error), doing, repository)
    }
  }
  return {
    call,
    async *pages(doing, path, parameters, read) {
      for (let page = 1; ; page++) {
        const query = { ...parameters, per_page: 100, page }
        const [items, more] = await call(doing, 'GET', path, query, (data, _status, headers) => {
          const found = read(data)
          return found && ([found, hasNextPage(headers)] as const)
        })
        if (items.length > 0) yield items
        if (!more || items.length === 0) return
      }
    }
  }
}
