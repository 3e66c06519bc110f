import { createVerify } from 'node:crypto'
import { errorAnswer, json } from './http/answers.ts'
import type { Answer, AppSeed, LocalGitHubOptions, RequestRecord, TokenGrant } from './types.ts'

export const CREATE_TOKEN_PATH = '/app/installations/{installation_id}/access_tokens'
export const CREATE_TOKEN = `POST ${CREATE_TOKEN_PATH}`

const DOCS = 'https://docs.github.com/rest/apps/apps#create-an-installation-access-token-for-an-app'
const HOUR_MS = 3_600_000
const MAX_LIFETIME_SECONDS = 600

/** GitHub Apps, which create installation access tokens with a signed JSON web token. */
export interface Apps {
  createToken(record: RequestRecord): Answer
}

/** `addToken` makes a new token known to the server. */
export function createApps(
  apps: NonNullable<LocalGitHubOptions['apps']>,
  now: () => number,
  addToken: (token: string, grant: TokenGrant) => void
): Apps {
  let count = 0
  return {
    createToken: ({ token, path }) => {
      const claims = readClaims(token ?? '', apps, now() / 1000)
      if (typeof claims === 'string') return errorAnswer(401, { message: claims, docs: DOCS })
      const installation = /\/installations\/(\d+)\//.exec(path)?.[1] ?? ''
      const grant = claims.app.installations[installation]
      if (!grant) return errorAnswer(404, { message: 'Not Found', docs: DOCS })
      count += 1
      const created = `ghs_installation_${installation}_${count}`
      addToken(created, { ...grant, kind: 'app', login: claims.app.login })
      return json(201, {
        token: created,
        expires_at: new Date(now() + HOUR_MS).toISOString().replace(/\.\d{3}Z$/, 'Z'),
        permissions: grant.permissions,
        repository_selection: 'all'
      })
    }
  }
}

/** The App that signed a JSON web token, or GitHub's error message. */
function readClaims(jwt: string, apps: Record<string, AppSeed>, seconds: number): { app: AppSeed } | string {
  const [header = '', payload = '', signature = ''] = jwt.split('.')
  const { iss, exp } = parsePart(payload)
  const app = apps[String(iss)]
  if (!app || parsePart(header)['alg'] !== 'RS256') return 'A JSON web token could not be decoded'
  const verify = createVerify('RSA-SHA256').update(`${header}.${payload}`)
  if (!verify.verify(app.publicKey, signature, 'base64url')) {
    return 'A JSON web token could not be decoded'
  }
  if (Number(exp) <= seconds)
    return "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires"
  if (Number(exp) > seconds + MAX_LIFETIME_SECONDS) {
    return "'Expiration time' claim ('exp') is too far in the future"
  }
  return { app }
}

function parsePart(part: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(Buffer.from(part, 'base64url').toString()))
  } catch {
    return {}
  }
}
