export type Fields = Readonly<Record<string, unknown>>
interface Answer {
  readonly id: number
  readonly url: string
  readonly statuses_url: string
}

/** A stage of an action that runs. */
export interface Peer {
  readonly env: Readonly<Record<string, string>>
  input(name: string): string
  output(name: string, value: string | number): void
  /** Saves an id for the post stage. */
  save(id: number): void
  readonly saved: string
  /** Resolves when the run is canceled. */
  readonly canceled: Promise<void>
  print(line: string): void
  /** Sends a request below the repository. Rejects with the status and the text of an error. */
  api<T = Answer>(method: string, path: string, body?: Fields): Promise<T>
}

export type Run = (peer: Peer) => Promise<unknown>

/** A stand-in for an action. `with` has the defaults of the inputs that count. */
export interface StandIn {
  readonly main: Run
  readonly post?: Run
  readonly with?: Fields
}

/** Creates a deployment. */
export const create = (peer: Peer, body: Fields) => peer.api('POST', '/deployments', body)

/** Adds a status to a deployment. */
export const addStatus = (peer: Peer, id: string | number, body: Fields) =>
  peer.api('POST', `/deployments/${id}/statuses`, body)
