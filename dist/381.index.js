export const id = 381;
export const ids = [381];
export const modules = {
    381: ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
        __webpack_require__.r(__webpack_exports__);
        __webpack_require__.d(__webpack_exports__, {
            traceTo: () => (traceTo)
        });
        var _lib_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(112);
        const traceTo = (log, now) => (url, outgoing) => {
            const began = now();
            return outcome => {
                const came = outcome instanceof Error ? `no answer (${reasonOf(outcome)})` : outcome.status;
                const facts = outcome instanceof Error ? [] : factsOf(outcome);
                const what = `${outgoing.method} ${url.pathname}${pageOf(url)}${operationOf(outgoing)}`;
                log([`${what}: ${came} in ${now() - began} ms`, ...facts].join(', '));
            };
        };
        function pageOf({ searchParams }) {
            const page = searchParams.get('page') ?? '';
            return /^\d{1,9}$/.test(page) ? `?page=${page}` : '';
        }
        function operationOf({ body }) {
            const [, operation] = /^\{"query":"((?:query|mutation) \w{1,64})/.exec(body ?? '') ?? [];
            return operation === undefined ? '' : ` (${operation})`;
        }
        function factsOf({ headers }) {
            const id = (0, _lib_text_js__WEBPACK_IMPORTED_MODULE_0__.g$)(headers.get('x-github-request-id') ?? '', 100);
            const [left, limit, reset] = ['remaining', 'limit', 'reset'].map(name => /^\d{1,10}$/.exec(headers.get(`x-ratelimit-${name}`) ?? '')?.[0]);
            const until = reset === undefined ? '' : ` until ${new Date(Number(reset) * 1000).toISOString()}`;
            return [
                ...(id === '' ? [] : [`request id ${id}`]),
                ...(left === undefined ? [] : [`${left} of ${limit ?? 'an unknown number'} left${until}`])
            ];
        }
        const reasonOf = (error) => 'code' in error && typeof error.code === 'string' ? error.code : error.message;
    })
};
