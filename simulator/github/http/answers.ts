import type { Rejection } from '../store/outcomes.ts'
import type { Answer } from '../types.ts'

/** A response with a JSON body. */
export const json = (status: number, body: unknown, headers: Record<string, string> = {}): Answer => ({
  status,
  headers,
  body
})

export const noContent = (): Answer => ({ status: 204, headers: {} })

export interface ErrorBody {
  message: string
  docs?: string
  errors?: readonly unknown[] | undefined
  headers?: Record<string, string>
}

/** GitHub's error response. `status` in the body is a string. */
export function errorAnswer(status: number, complaint: ErrorBody): Answer {
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
  errorAnswer(404, { message: 'Not Found', ...(docs !== undefined && { docs }) })

/** The REST response to a request that one of GitHub's rules rejects. */
export const rejectionAnswer = ({ status, message, errors }: Rejection, docs: string): Answer =>
  errorAnswer(status, { message, errors, docs })
