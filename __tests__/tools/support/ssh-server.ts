import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { freePort, program, type Server, startServer } from './processes.ts'

export interface SshServer extends Server {
  /** `ssh://user@host:port`. */
  readonly destination: string
  readonly privateKey: string
  readonly knownHosts: string
}

/** A real sshd on the loopback interface, which lets in this user by one key only. */
export async function startSshServer(folder: string): Promise<SshServer> {
  const sshd = program('sshd')
  for (const name of ['host', 'user']) {
    const parameters = ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', join(folder, name)]
    execFileSync(program('ssh-keygen'), parameters)
  }
  const { username, uid } = userInfo()
  // Debian's package leaves this folder to the service manager.
  if (uid === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 })
  const port = await freePort()
  const settings = [
    `ListenAddress 127.0.0.1:${port}`,
    `HostKey ${join(folder, 'host')}`,
    `AuthorizedKeysFile ${join(folder, 'user.pub')}`,
    `AllowUsers ${username}`,
    'PermitRootLogin prohibit-password',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'UsePAM no',
    // The keys are in a folder for temporary files, which others may write to.
    'StrictModes no',
    'PidFile none'
  ]
  const config = join(folder, 'sshd_config')
  writeFileSync(config, `${settings.join('\n')}\n`)
  const server = await startServer([sshd, '-D', '-e', '-f', config], port, 'Server listening on')
  return {
    ...server,
    destination: `ssh://${username}@127.0.0.1:${port}`,
    privateKey: readFileSync(join(folder, 'user'), 'utf8'),
    knownHosts: `[127.0.0.1]:${port} ${readFileSync(join(folder, 'host.pub'), 'utf8')}`
  }
}
