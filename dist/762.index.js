export const id = 762;
export const ids = [762];
export const modules = {
    762: ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
        __webpack_require__.r(__webpack_exports__);
        __webpack_require__.d(__webpack_exports__, {
            migrationHint: () => (migrationHint)
        });
        var _lib_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(268);
        const LOGGING = 'a job that is run again with debug logging shows every request';
        const MEANT = {
            step: {
                ours: 'mode',
                how: 'start, finish or deactivate; "delete-env" is deactivate with "delete: environment"'
            },
            env: { ours: 'environment' },
            'environment-suffix': { ours: 'environment', how: 'the whole name, such as "pr-12/api"' },
            env_url: { ours: 'environment-url' },
            environment_url: { ours: 'environment-url' },
            target_url: { ours: 'environment-url' },
            'target-url': { ours: 'environment-url' },
            desc: { ours: 'description' },
            logs: { ours: 'log-url' },
            log_url: { ours: 'log-url' },
            status: { ours: 'state', how: "without it the job's own result counts" },
            deployment_id: { ours: 'deployment-id', how: '"finish" mostly finds it without' },
            'initial-status': { ours: 'initial-state' },
            initial_status: { ours: 'initial-state' },
            auto_inactive: { ours: 'auto-inactive' },
            override: { ours: 'auto-inactive', how: 'true is "all" there' },
            no_override: { ours: 'auto-inactive', how: 'false is "all" there' },
            auto_merge: { ours: 'auto-merge' },
            required_contexts: { ours: 'required-contexts' },
            transient: { ours: 'transient-environment' },
            transient_environment: { ours: 'transient-environment' },
            production_environment: { ours: 'production-environment' },
            sha: { ours: 'ref' },
            repo: { ours: 'repository', how: 'as owner/name' },
            owner: { ours: 'repository', how: 'as owner/name' },
            onlyRemoveDeployments: { ours: 'delete', how: '"delete: deployments" with "mode: deactivate"' },
            onlyDeactivateDeployments: { ours: 'mode', how: '"mode: deactivate" deletes nothing by itself' },
            debug: { how: LOGGING },
            log_args: { how: LOGGING },
            'github-base-url': { how: 'the runner says where GitHub is' }
        };
        const FILLED_IN = {
            mode: 'start',
            'initial-state': 'in_progress',
            'auto-merge': 'false',
            delete: 'none'
        };
        function migrationHint(names, read, ownRepository) {
            const isGiven = (ours) => {
                const fallback = ours === 'repository' ? ownRepository : (FILLED_IN[ours] ?? '');
                return !['', fallback.toLowerCase()].includes(read(ours).toLowerCase());
            };
            const isLost = names.some(name => {
                const { ours } = MEANT[name];
                return ours !== undefined && !isGiven(ours);
            });
            if (isLost)
                throw new _lib_errors_js__WEBPACK_IMPORTED_MODULE_0__.dz(names.map(describeHint).join('\n'));
            return names.map(name => `${describeHint(name)}; "${name}" is ignored`).join('\n');
        }
        function describeHint(name) {
            const { ours, how = '' } = MEANT[name];
            if (ours === undefined)
                return `${name}: not an input of this action, and not needed, since ${how}`;
            return `${name}: this action calls it "${ours}"${how === '' ? '' : ` (${how})`}`;
        }
    })
};
