import type { Call } from './call.ts'

const MAX_PER_PAGE = 100
const DEFAULT_PER_PAGE = 30

export interface Page<Item> {
  items: readonly Item[]
  headers: Record<string, string>
}

/** One page of a list and its `Link` header. */
export function paginate<Item>(call: Call, path: string, all: readonly Item[]): Page<Item> {
  const perPage = Math.min(readCount(call.query['per_page'], DEFAULT_PER_PAGE), MAX_PER_PAGE)
  const page = readCount(call.query['page'], 1)
  const last = Math.max(1, Math.ceil(all.length / perPage))
  const pages = {
    ...(page > 1 && { prev: Math.min(page - 1, last) }),
    ...(page < last && { next: page + 1, last }),
    ...(page > 1 && { first: 1 })
  }
  const link = Object.entries(pages)
    .map(([rel, number]) => `<${urlOf(call, path, number)}>; rel="${rel}"`)
    .join(', ')
  return {
    items: all.slice((page - 1) * perPage, page * perPage),
    headers: link === '' ? {} : { link }
  }
}

/** GitHub's links contain the repository's id, not its name. */
function urlOf(call: Call, path: string, page: number): string {
  const query = new URLSearchParams({ ...call.query, page: String(page) })
  return `${call.links.api}/repositories/${call.repository.id}/${path}?${query}`
}

const readCount = (value: string | undefined, otherwise: number): number => {
  const count = Number(value)
  return Number.isInteger(count) && count > 0 ? count : otherwise
}
