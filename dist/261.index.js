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
        var external_node_url_ = __webpack_require__(136);
        var exec = __webpack_require__(529);
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
        ;
        // MODULE: ./src/runner/process-group.ts
        const KILL_AFTER_MS = 1_500;
        const GRACE_MS = 500;
        const POLL_MS = 25;
        function groupIn(file) {
            const received = new Set();
            let killing;
            let isKilled = false;
            return {
                wasInterrupted: () => received.size > 0,
                forwardSignal(signal) {
                    if (signal === 'SIGTERM' && received.has('SIGINT')) {
                        killing ??= setTimeout(() => {
                            isKilled = send(file, 'SIGKILL');
                        }, KILL_AFTER_MS);
                    }
                    received.add(signal);
                    const isNoted = note(file, signal);
                    if (idIn(file) !== undefined && (!isNoted || takeNote(file)))
                        send(file, signal);
                },
                async end() {
                    clearTimeout(killing);
                    if (received.size === 0 || isKilled || !send(file, 'SIGTERM'))
                        return;
                    for (let waited = 0; waited < GRACE_MS; waited += POLL_MS) {
                        await new Promise(resolve => setTimeout(resolve, POLL_MS));
                        if (!send(file, 0))
                            return;
                    }
                    send(file, 'SIGKILL');
                }
            };
        }
        function note(file, signal) {
            try {
                (0, external_node_fs_.writeFileSync)(`${file}.noting`, signal);
                (0, external_node_fs_.renameSync)(`${file}.noting`, `${file}.signal`);
                return true;
            }
            catch {
                return false;
            }
        }
        function takeNote(file) {
            try {
                (0, external_node_fs_.rmSync)(`${file}.signal`);
                return true;
            }
            catch {
                return false;
            }
        }
        function idIn(file) {
            try {
                const id = Number((0, external_node_fs_.readFileSync)(file, 'utf8'));
                return Number.isSafeInteger(id) && id > 1 ? id : undefined;
            }
            catch {
                return undefined;
            }
        }
        function send(file, signal) {
            const id = idIn(file);
            if (id === undefined)
                return false;
            const isWindows = process.platform === 'win32';
            try {
                return process.kill(isWindows ? id : -id, isWindows && signal === 'SIGINT' ? 0 : signal);
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
                line: file => ['cmd', '/D', '/E:ON', '/V:OFF', '/S', '/C', `CALL "${file}"`]
            },
            python: { ending: 'py', line: file => ['python', file] }
        };
        const POWERSHELL_HEAD = "$ErrorActionPreference = 'stop'\n";
        const POWERSHELL_TAIL = '\nif ((Test-Path -LiteralPath variable:\\LASTEXITCODE)) { exit $LASTEXITCODE }';
        const LEFTOVERS_MS = 1_000;
        const SIGNALS = ['SIGINT', 'SIGTERM'];
        async function runCommand(command, env) {
            const folder = (0, external_node_fs_.mkdtempSync)((0, external_node_path_.join)(env['RUNNER_TEMP'] || (0, external_node_os_.tmpdir)(), 'deploy-command-'));
            const outputFile = (0, external_node_path_.join)(folder, 'output');
            const groupFile = (0, external_node_path_.join)(folder, 'group');
            (0, external_node_fs_.writeFileSync)(outputFile, '');
            const group = groupIn(groupFile);
            for (const signal of SIGNALS)
                process.on(signal, group.forwardSignal);
            try {
                const exitCode = await start(command, folder, groupFile, { ...env, GITHUB_OUTPUT: outputFile });
                await group.end();
                const outputs = parseOutputs((0, external_node_fs_.readFileSync)(outputFile, 'utf8'));
                return { exitCode, wasInterrupted: group.wasInterrupted(), outputs };
            }
            catch (error) {
                const reason = error instanceof Error ? error.message : String(error);
                throw new errors.dz(`run: the command could not be started with ${command.shell}: ${reason}`);
            }
            finally {
                for (const signal of SIGNALS)
                    process.off(signal, group.forwardSignal);
                remove(folder);
            }
        }
        function remove(folder) {
            try {
                (0, external_node_fs_.rmSync)(folder, { recursive: true, force: true, maxRetries: 3 });
            }
            catch {
            }
        }
        async function start(command, folder, groupFile, env) {
            const { ending, line } = SHELLS[command.shell];
            const file = (0, external_node_path_.join)(folder, `script.${ending}`);
            (0, external_node_fs_.writeFileSync)(file, scriptOf(command), { mode: 0o700 });
            const launcher = (0, external_node_path_.join)((0, external_node_path_.dirname)((0, external_node_url_.fileURLToPath)(import.meta.url)), 'launch.js');
            return (0, exec.m)(`"${process.execPath}"`, [launcher, groupFile, ...line(file)], {
                env: cleaned(env),
                ...(command.workingDirectory !== '' && { cwd: command.workingDirectory }),
                ignoreReturnCode: true,
                input: Buffer.alloc(0),
                delay: LEFTOVERS_MS,
                silent: true,
                listeners: {
                    stdout: data => process.stdout.write(data),
                    stderr: data => process.stderr.write(data)
                }
            });
        }
        function scriptOf({ run, shell }) {
            if (shell === 'pwsh' || shell === 'powershell')
                return `${POWERSHELL_HEAD}${run}${POWERSHELL_TAIL}`;
            if (shell === 'cmd')
                return `@echo off\r\n${run.replace(/\r?\n/g, '\r\n')}`;
            return `${run}\n`;
        }
        function cleaned(env) {
            const isOurs = (name) => /^(INPUT_|STATE_)/i.test(name) || name === 'GITHUB_STATE';
            return Object.fromEntries(Object.entries(env).filter((entry) => entry[1] !== undefined && !isOurs(entry[0])));
        }
    })
};
