export const id = 261;
export const ids = [261];
export const modules = {
    261: ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
        __webpack_require__.r(__webpack_exports__);
        __webpack_require__.d(__webpack_exports__, {
            runCommand: () => (runCommand)
        });
        var external_node_fs_ = __webpack_require__(24);
        var external_node_os_ = __webpack_require__(161);
        var external_node_path_ = __webpack_require__(760);
        var errors = __webpack_require__(268);
        ;
        // MODULE: ./src/runner/output-file.ts
        function parseOutputs(text) {
            const outputs = new Map();
            const lines = text.split(/\r?\n/);
            for (let index = 0; index < lines.length; index++) {
                const line = lines[index] ?? '';
                const equals = line.indexOf('=');
                const heredoc = line.indexOf('<<');
                if (heredoc > 0 && (equals < 0 || heredoc < equals)) {
                    const delimiter = line.slice(heredoc + 2);
                    const end = lines.indexOf(delimiter, index + 1);
                    if (delimiter === '' || end < 0)
                        continue;
                    outputs.set(line.slice(0, heredoc), lines.slice(index + 1, end).join('\n'));
                    index = end;
                }
                else if (equals > 0) {
                    outputs.set(line.slice(0, equals), line.slice(equals + 1));
                }
            }
            return outputs;
        }
        var external_node_child_process_ = __webpack_require__(421);
        ;
        // MODULE: ./src/runner/process-group.ts
        const KILL_AFTER_MS = 1_500;
        const GRACE_MS = 500;
        const POLL_MS = 25;
        const IS_WINDOWS = process.platform === 'win32';
        const SIGNALS = ['SIGINT', 'SIGTERM'];
        async function runInGroup(program) {
            const received = new Set();
            let pid;
            let killing;
            const forward = (signal) => {
                if (signal === 'SIGTERM' && received.has('SIGINT'))
                    killing ??= setTimeout(() => send(pid, 'SIGKILL'), KILL_AFTER_MS);
                received.add(signal);
                send(pid, signal);
            };
            for (const signal of SIGNALS)
                process.on(signal, forward);
            try {
                const child = start(program);
                pid = child.pid;
                const exitCode = await child.exitCode;
                clearTimeout(killing);
                if (received.size > 0)
                    await endGroup(pid);
                return { exitCode, wasInterrupted: received.size > 0 };
            }
            finally {
                for (const signal of SIGNALS)
                    process.off(signal, forward);
            }
        }
        function start({ file, args, cwd, env }) {
            const child = (0, external_node_child_process_.spawn)(file, args, {
                env,
                stdio: ['ignore', 'inherit', 'inherit'],
                detached: !IS_WINDOWS,
                windowsVerbatimArguments: file === 'cmd',
                ...(cwd !== '' && { cwd })
            });
            const exitCode = new Promise((resolve, reject) => {
                child.once('error', reject);
                child.once('exit', (code, signal) => resolve(code ?? 128 + external_node_os_.constants.signals[signal ?? 'SIGKILL']));
            });
            return { pid: child.pid, exitCode };
        }
        async function endGroup(pid) {
            if (!send(pid, 'SIGTERM'))
                return;
            for (let waited = 0; waited < GRACE_MS; waited += POLL_MS) {
                await new Promise(resolve => setTimeout(resolve, POLL_MS));
                if (!send(pid, 0))
                    return;
            }
            send(pid, 'SIGKILL');
        }
        function send(pid, signal) {
            if (pid === undefined)
                return false;
            try {
                return process.kill(IS_WINDOWS ? pid : -pid, IS_WINDOWS && signal === 'SIGINT' ? 0 : signal);
            }
            catch {
                return false;
            }
        }
        ;
        // MODULE: ./src/runner/command.ts
        const SHELLS = {
            bash: {
                ending: 'sh',
                line: file => ['bash', '--noprofile', '--norc', '-e', '-o', 'pipefail', file]
            },
            sh: { ending: 'sh', line: file => ['sh', '-e', file] },
            pwsh: { ending: 'ps1', line: file => ['pwsh', '-command', `. '${file}'`] },
            powershell: { ending: 'ps1', line: file => ['powershell', '-command', `. '${file}'`] },
            cmd: {
                ending: 'cmd',
                line: file => ['cmd', '/D', '/E:ON', '/V:OFF', '/S', '/C', `"CALL "${file}""`]
            },
            python: { ending: 'py', line: file => ['python', file] }
        };
        const POWERSHELL_HEAD = "$ErrorActionPreference = 'stop'\n";
        const POWERSHELL_TAIL = '\nif ((Test-Path -LiteralPath variable:\\LASTEXITCODE)) { exit $LASTEXITCODE }';
        async function runCommand(command, env) {
            const folder = (0, external_node_fs_.mkdtempSync)((0, external_node_path_.join)(env['RUNNER_TEMP'] || (0, external_node_os_.tmpdir)(), 'deploy-command-'));
            try {
                const outputFile = (0, external_node_path_.join)(folder, 'output');
                (0, external_node_fs_.writeFileSync)(outputFile, '');
                await new Promise(resolve => process.stdout.write('', resolve));
                const end = await runShell(command, folder, { ...cleaned(env), GITHUB_OUTPUT: outputFile });
                return { ...end, outputs: parseOutputs((0, external_node_fs_.readFileSync)(outputFile, 'utf8')) };
            }
            catch (error) {
                throw new errors.dz(`run: the command could not be started with ${command.shell}: ${(0, errors.bD)(error)}`);
            }
            finally {
                remove(folder);
            }
        }
        function runShell(command, folder, env) {
            const { ending, line } = SHELLS[command.shell];
            const script = (0, external_node_path_.join)(folder, `script.${ending}`);
            (0, external_node_fs_.writeFileSync)(script, scriptOf(command), { mode: 0o700 });
            const [file = '', ...args] = line(script);
            return runInGroup({ file, args, cwd: command.workingDirectory, env });
        }
        function remove(folder) {
            try {
                (0, external_node_fs_.rmSync)(folder, { recursive: true, force: true, maxRetries: 3 });
            }
            catch {
            }
        }
        function scriptOf({ run, shell }) {
            if (shell === 'pwsh' || shell === 'powershell')
                return `${POWERSHELL_HEAD}${run}${POWERSHELL_TAIL}`;
            if (shell === 'cmd')
                return `@echo off\r\n${run.replace(/\r?\n/g, '\r\n')}`;
            return `${run}\n`;
        }
        const cleaned = (env) => Object.fromEntries(Object.entries(env).filter(([name]) => !/^(INPUT_|STATE_|GITHUB_STATE$)/i.test(name)));
    })
};
