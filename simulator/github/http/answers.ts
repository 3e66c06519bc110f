import type { Refusal } from '../store/outcomes.ts'
import type { Answer } from '../types.ts'

/** An answer with a JSON body. */
export const json = (
  status: number,
  body: unknown,
  headers: Record<string, string> = {}
): Answer => ({ status, headers, body })

export const noContent = (): Answer => ({ status: 204, headers: {} })

export interface Complaint {
  message: string
  docs?: string
  errors?: readonly unknown[] | undefined
  headers?: Record<string, string>
}

/** GitHub's error body: the status is a string there. */
export function complain(status: number, complaint: Complaint): Answer {
  const { message, docs = 'https://docs.github.com/rest', errors, headers = {} } = complaint
  return {
    status,
    headers,
    body: {
      message,
      ...(errors && { errors }),
      documentation_url: docs,
      status: String(status)
    }
  }
}

export const notFound = (docs?: string): Answer =>
  complain(404, { message: 'Not Found', ...(docs !== undefined && { docs }) })

/** The REST answer to what a rule of GitHub refuses. */
export const refuse = ({ status, message, errors }: Refusal, docs: string): Answer =>
  complain(status, { message, errors, docs })
