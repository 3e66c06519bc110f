import type { Actor, TokenKind } from './model.ts'

const ACTIONS_BOT: Actor = {
  login: 'github-actions[bot]',
  id: 41_898_282,
  nodeId: 'MDM6Qm90NDE4OTgyODI=',
  type: 'Bot'
}

/** The `creator` of what a token creates. */
export function actorOf(kind: TokenKind, login?: string): Actor {
  switch (kind) {
    case 'github-token':
      return ACTIONS_BOT
    case 'app':
      return bot(login ?? 'octo-app[bot]')
    case 'pat':
    case 'fine-grained':
      return user(login ?? 'octocat')
  }
}

const bot = (login: string): Actor => ({ ...user(login), type: 'Bot' })

const user = (login: string): Actor => {
  const id = 1_000 + [...login].reduce((sum, char) => sum + char.charCodeAt(0), 0)
  const nodeId = Buffer.from(`04:User${id}`).toString('base64')
  return { login, id, nodeId, type: 'User' }
}
