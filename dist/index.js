function lateModule(name) {
  let loaded;
  const load = () => loaded ??= process.getBuiltinModule(name), get2 = (_target, key) => key === "__esModule" ? !0 : key === "default" ? load() : key === "promises" ? latePromises : load()[key];
  return new Proxy({}, { get: get2 });
}
const latePromises = new Proxy({}, {
  get: (_target, name) => (...parameters) => process.getBuiltinModule("fs/promises")[name](...parameters)
});
var __webpack_modules__ = {
  /***/
  919: (
    /***/
    ((__unused_webpack_module, exports) => {
      var __webpack_unused_export__;
      /*!
       * content-type
       * Copyright(c) 2015 Douglas Christopher Wilson
       * MIT Licensed
       */
      __webpack_unused_export__ = { value: !0 }, __webpack_unused_export__ = format, exports.qg = parse2;
      const TEXT_REGEXP = /^[\u0009\u0020-\u007e\u0080-\u00ff]*$/, TOKEN_REGEXP = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, QUOTE_REGEXP = /[\\"]/g, TYPE_REGEXP = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+\/[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, NullObject = /* @__PURE__ */ (() => {
        const C = function() {
        };
        return C.prototype = /* @__PURE__ */ Object.create(null), C;
      })();
      function format(obj) {
        const { type, parameters } = obj;
        if (!type || !TYPE_REGEXP.test(type))
          throw new TypeError(`Invalid type: ${type}`);
        let result = type;
        if (parameters)
          for (const param of Object.keys(parameters)) {
            if (!TOKEN_REGEXP.test(param))
              throw new TypeError(`Invalid parameter name: ${param}`);
            result += `; ${param}=${qstring(parameters[param])}`;
          }
        return result;
      }
      function parse2(header, options) {
        const stopChar = options?.comma === !0 ? COMMA : 65536, len = header.length;
        let index = skipOWS(header, options?.start ?? 0, len);
        const valueStart = index;
        index = skipValue(header, index, len, stopChar);
        const valueEnd = trailingOWS(header, valueStart, index), type = header.slice(valueStart, valueEnd).toLowerCase();
        return options?.parameters === !1 ? { type, index, parameters: new NullObject() } : parseParameters(header, type, index, len, stopChar);
      }
      const SP = 32, HTAB = 9, SEMI = 59, EQ = 61, DQUOTE = 34, BSLASH = 92, COMMA = 44;
      function parseParameters(header, type, index, len, stopChar) {
        const parameters = new NullObject();
        parameter: for (; index < len && header.charCodeAt(index) !== stopChar; ) {
          index = skipOWS(header, index + 1, len);
          const keyStart = index;
          for (; index < len; ) {
            const code = header.charCodeAt(index);
            if (code === stopChar)
              break parameter;
            if (code === SEMI)
              continue parameter;
            if (code === EQ) {
              const keyEnd = trailingOWS(header, keyStart, index), key = header.slice(keyStart, keyEnd).toLowerCase();
              if (index = skipOWS(header, index + 1, len), index < len && header.charCodeAt(index) === DQUOTE) {
                index++;
                let value = "";
                for (; index < len; ) {
                  const code2 = header.charCodeAt(index++);
                  if (code2 === DQUOTE) {
                    index = skipValue(header, index, len, stopChar), parameters[key] === void 0 && (parameters[key] = value);
                    break;
                  }
                  if (code2 === BSLASH && index < len) {
                    value += header[index++];
                    continue;
                  }
                  value += String.fromCharCode(code2);
                }
                continue parameter;
              }
              const valueStart = index;
              if (index = skipValue(header, index, len, stopChar), parameters[key] === void 0) {
                const valueEnd = trailingOWS(header, valueStart, index);
                parameters[key] = header.slice(valueStart, valueEnd);
              }
              continue parameter;
            }
            index++;
          }
        }
        return { type, index, parameters };
      }
      function skipValue(str, index, len, stopChar) {
        for (; index < len; ) {
          const code = str.charCodeAt(index);
          if (code === SEMI || code === stopChar)
            break;
          index++;
        }
        return index;
      }
      function skipOWS(header, index, len) {
        for (; index < len; ) {
          const char = header.charCodeAt(index);
          if (char !== SP && char !== HTAB)
            break;
          index++;
        }
        return index;
      }
      function trailingOWS(header, start2, end) {
        for (; end > start2; ) {
          const char = header.charCodeAt(end - 1);
          if (char !== SP && char !== HTAB)
            break;
          end--;
        }
        return end;
      }
      function qstring(str) {
        if (TOKEN_REGEXP.test(str))
          return str;
        if (TEXT_REGEXP.test(str))
          return `"${str.replace(QUOTE_REGEXP, "\\$&")}"`;
        throw new TypeError(`Invalid parameter value: ${str}`);
      }
    })
  )
  /******/
}, __webpack_module_cache__ = {};
function __nccwpck_require__(moduleId) {
  var cachedModule = __webpack_module_cache__[moduleId];
  if (cachedModule !== void 0)
    return cachedModule.exports;
  var module = __webpack_module_cache__[moduleId] = {
    /******/
    // no module.id needed
    /******/
    // no module.loaded needed
    /******/
    exports: {}
    /******/
  }, threw = !0;
  try {
    __webpack_modules__[moduleId](module, module.exports, __nccwpck_require__), threw = !1;
  } finally {
    threw && delete __webpack_module_cache__[moduleId];
  }
  return module.exports;
}
__nccwpck_require__.n = (module) => {
  var getter = module && module.__esModule ? (
    /******/
    () => module.default
  ) : (
    /******/
    () => module
  );
  return __nccwpck_require__.d(getter, { a: getter }), getter;
};
__nccwpck_require__.d = (exports, definition) => {
  for (var key in definition)
    __nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key) && Object.defineProperty(exports, key, { enumerable: !0, get: definition[key] });
};
__nccwpck_require__.o = (obj, prop) => Object.prototype.hasOwnProperty.call(obj, prop);
var __webpack_exports__ = {};
__nccwpck_require__.d(__webpack_exports__, {
  i: () => (
    /* binding */
    main
  ),
  b: () => (
    /* binding */
    post
  )
});
//! src/lib/errors.ts
class ActionError extends Error {
  name = "ActionError";
  section;
  constructor(message, { section, ...options }) {
    super(message, options), this.section = section;
  }
}
class InputError extends ActionError {
  name = "InputError";
  constructor(message, section = "inputs") {
    super(message, { section });
  }
}
class RequestError extends ActionError {
  name = "RequestError";
  parts;
  constructor(parts, cause) {
    const texts = [parts.failed, parts.exists, parts.next];
    super(texts.filter((text) => text !== "").join(`
`), { cause, section: parts.section }), this.parts = parts;
  }
  /** A copy of the error with one more sentence about what exists now. */
  withExists(exists2, section = this.section) {
    const both = [this.parts.exists, exists2].filter((part) => part !== "").join(" ");
    return new RequestError({ ...this.parts, exists: both, section }, this.cause);
  }
}
const reasonOf = (error2) => error2 instanceof RequestError ? error2.parts.failed : messageOf(error2), messageOf = (error2) => error2 instanceof Error ? error2.message : String(error2), sectionOf = (error2) => error2 instanceof ActionError ? error2.section : "internal", SECTIONS = {
  permissions: "The token lacks a permission",
  token: "GitHub rejects the token",
  notFound: "GitHub answers 404",
  readOnly: "Pull requests from forks and Dependabot",
  deleteEnvironment: "The environment is not deleted",
  checks: "Required checks are not green",
  autoMerge: "GitHub merges instead of deploying",
  ref: "The ref does not exist",
  rejected: "GitHub rejects a value",
  otherCommit: "GitHub records another commit",
  unexpected: "GitHub gives an unexpected answer",
  rateLimit: "GitHub limits the requests",
  outage: "GitHub does not answer",
  connection: "The runner cannot connect to GitHub",
  open: "A deployment stays in progress",
  duplicate: "GitHub created a deployment twice",
  jobKey: "The environment key creates a second deployment",
  workspace: "The workspace has another commit",
  superseded: "A newer deployment has succeeded",
  earlier: "An earlier deployment is still active",
  notChecked: "The state was posted without a check",
  changed: "The state changed while the job ran",
  lateValues: "A value that becomes known late is not used",
  previous: "The previous deployment is not known",
  reused: "A reused deployment ignores inputs",
  ended: "The pull request is closed or the ref is deleted",
  nothingToFinish: "Finish finds no deployment",
  several: "Finish finds several deployments",
  background: "A start step has not finished yet",
  cleanup: "Cleanup cannot read a workflow run",
  noMatch: "No deployment matches the environment",
  partly: "Not all deployments were changed",
  command: "The command failed or did not start",
  commandFiles: "The command wrote a malformed line",
  runnerFiles: "A file of the runner cannot be written",
  internal: "The action ended early",
  artifacts: "An artifact is not recorded",
  inputs: "Inputs",
  migration: "Inputs of another action"
}, anchorOf = (section) => SECTIONS[section].toLowerCase().replaceAll(" ", "-");
//! src/lib/text.ts
const MAX_LINE_CHARS = 1024, MAX_DESCRIPTION_CHARS = 140, INVISIBLE = /[\p{Cc}\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\u2800\u3164\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|\u034f/gu, escapeOf = (character) => character === `
` ? "\\n" : character === "\r" ? "\\r" : character === "	" ? "\\t" : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
function sanitizeLine(text, limit = MAX_LINE_CHARS) {
  const safe = text.slice(0, limit * 2).toWellFormed().replace(INVISIBLE, escapeOf).replaceAll("##[", "## [").replace(/^(\s*):(?=:)/, "$1: ");
  return safe.length > limit ? truncate(safe, limit) : safe;
}
function hiddenCharacter(text) {
  const position = text.search(INVISIBLE);
  return position < 0 ? void 0 : { name: `U+${(text.codePointAt(position) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`, position: position + 1 };
}
const nameKey = (name) => name.normalize("NFC").toLowerCase(), countOf = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`, lengthOf = (text) => [...text].length;
function truncate(text, limit) {
  const whole = text.slice(0, 2 * limit + 2).toWellFormed();
  if (lengthOf(whole) <= limit)
    return whole;
  let kept = "", length = 0;
  for (const { segment } of new Intl.Segmenter().segment(whole)) {
    if (length += lengthOf(segment), length > limit - 1)
      break;
    kept += segment;
  }
  return `${kept.trimEnd()}\u2026`;
}
const isTooLong = (text) => text.length > 2 * MAX_DESCRIPTION_CHARS || lengthOf(text) > MAX_DESCRIPTION_CHARS;
function description(reason, userText) {
  const both = [reason, userText].filter((part) => part !== "").join(": ");
  return truncate(both, MAX_DESCRIPTION_CHARS);
}
function parseUrl(text, base) {
  try {
    return new URL(text, base);
  } catch {
    return;
  }
}
//! src/deployment/deployment.ts
const UNFINISHED_STATES = ["in_progress", "queued", "pending"], FINAL_STATES = ["success", "failure", "error", "inactive"], isFinal = (state) => FINAL_STATES.includes(state), isLive = (state) => state !== "inactive" && state !== "failure" && state !== "error", sameName = (one, other) => nameKey(one) === nameKey(other), nameVariants = (names) => [
  ...new Set(names.flatMap((name) => [name, name.toLowerCase()].flatMap((each) => [each, each.normalize("NFC"), each.normalize("NFD")])))
], CANCELLED_STATES = ["failure", "error", "inactive"], AUTO_INACTIVE = ["true", "false", "all", "task"];
function toDeactivationTarget(one) {
  const { id: id2, nodeId, environment, task, state, environmentUrl } = one;
  return { id: id2, nodeId, environment, task, state, environmentUrl };
}
const inactiveStatus = ({ environmentUrl }, description2, logUrl2) => ({ state: "inactive", description: description2, logUrl: logUrl2, environmentUrl });
//! src/lib/json.ts
const isJsonObject = (value) => typeof value == "object" && value !== null && !Array.isArray(value);
function get(value, ...path2) {
  let current = value;
  for (const key of path2) {
    if (!isJsonObject(current) || !Object.hasOwn(current, key))
      return;
    current = current[key];
  }
  return current;
}
function getText(value, ...path2) {
  const found = get(value, ...path2);
  return typeof found == "string" ? found : "";
}
const MAX_SHORT_CHARS = 8 * 1024;
function getShortText(value, ...path2) {
  const text = getText(value, ...path2);
  return text.length > MAX_SHORT_CHARS ? "" : text;
}
const isId = (value) => typeof value == "number" && Number.isSafeInteger(value) && value > 0;
function getId(value, ...path2) {
  const found = get(value, ...path2), number = typeof found == "string" && /^[0-9]{1,16}$/.test(found) ? Number(found) : found;
  return isId(number) ? number : void 0;
}
function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return;
  }
}
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:,]|[^\s{}[\]:,"]+/g;
function membersOf(text) {
  const members = /* @__PURE__ */ new Map();
  if (!isJsonObject(parseJson(text)))
    return members;
  let depth = 0, key = "", value;
  for (const [token] of text.matchAll(TOKENS))
    depth === 1 && (token === "," || token === "}") ? (value !== void 0 && members.set(key, value), value = void 0) : value !== void 0 ? value += token : depth === 1 && (token === ":" ? value = "" : key = JSON.parse(token)), (token === "{" || token === "[") && (depth += 1), (token === "}" || token === "]") && (depth -= 1);
  return members;
}
const objectText = (members) => `{${[...members].map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(",")}}`, json_text = (value) => typeof value == "string" ? value : "", id = (value) => isId(value) ? value : 0, flag = (fallback) => (value) => typeof value == "boolean" ? value : fallback, optional = (choices) => (value) => choices.find((each) => each === value), choice = (choices, fallback) => (value) => optional(choices)(value) ?? fallback, parseFields = (table2, value) => Object.fromEntries(Object.entries(table2).map(([name, parse2]) => [name, parse2(get(value, name))]));
//! src/deployment/origin.ts
const PAYLOAD_KEY = "deploy-status-action";
function writeOrigin(origin) {
  return {
    v: 1,
    run_id: origin.runId,
    run_attempt: origin.runAttempt,
    check_run_id: origin.checkRunId,
    job: origin.job,
    ref: origin.ref,
    // Not written for a branch, the usual type.
    ref_type: origin.refType === "branch" ? void 0 : origin.refType,
    pull_request: origin.pullRequest,
    auto_finish: origin.autoFinish,
    transient: origin.transient,
    key: origin.key
  };
}
const MAX_ENCODINGS = 4;
function decoded(payload) {
  let value = payload;
  for (let count = 0; count < MAX_ENCODINGS && typeof value == "string"; count++)
    value = parseJson(value);
  return value;
}
function readOrigin(payload) {
  const ours = decoded(get(decoded(payload), PAYLOAD_KEY));
  if (!isJsonObject(ours))
    return;
  const flag2 = (name) => {
    const value = get(ours, name);
    return typeof value == "boolean" ? value : void 0;
  };
  return {
    runId: getId(ours, "run_id"),
    runAttempt: getId(ours, "run_attempt"),
    checkRunId: getId(ours, "check_run_id"),
    job: getText(ours, "job"),
    ref: getText(ours, "ref"),
    refType: readRefType(ours),
    pullRequest: getId(ours, "pull_request"),
    autoFinish: flag2("auto_finish"),
    transient: flag2("transient"),
    key: getText(ours, "key")
  };
}
function readRefType(ours) {
  const type = getText(ours, "ref_type");
  return type !== "" ? type === "tag" ? "tag" : "unknown" : Object.hasOwn(ours, "transient") ? "branch" : "unknown";
}
function payloadText(payload) {
  let text = payload;
  for (let count = 1; count < MAX_ENCODINGS; count++) {
    const value = parseJson(text);
    if (typeof value != "string" || parseJson(value) === void 0)
      break;
    text = value;
  }
  const members = membersOf(text);
  return members.size > 0 ? objectText(members) : ["", "null"].includes(text) ? "{}" : parseJson(text) === void 0 ? JSON.stringify(text) : text;
}
const withOrigin = (payload, origin) => objectText([...membersOf(payload), [PAYLOAD_KEY, JSON.stringify(writeOrigin(origin))]]), isOfJob = ({ origin }, { runId, runAttempt, job }, checkRunId) => runId !== void 0 && origin?.runId === runId && origin.runAttempt === runAttempt && origin.job === job && (checkRunId === void 0 || origin.checkRunId === checkRunId);
function refTypeOf(ref) {
  return ref.startsWith("refs/heads/") ? "branch" : ref.startsWith("refs/tags/") ? "tag" : "unknown";
}
const shortRef = (ref) => ref.replace(/^refs\/(heads|tags)\//, ""), refVariants = (ref) => refTypeOf(ref) === "unknown" ? [ref, `refs/heads/${ref}`, `refs/tags/${ref}`] : [shortRef(ref), ref];
function isOfRef({ sha, ref, refType, origin }, wanted) {
  if (sha === wanted.toLowerCase())
    return !0;
  const [name, type] = [shortRef(wanted), refTypeOf(wanted)], known = [{ ref, refType }, ...origin ? [origin] : []], isSameType = (other) => [type, other].includes("unknown") || other === type;
  return known.some((each) => shortRef(each.ref) === name && isSameType(each.refType));
}
//! src/deployment/artifacts.ts
const MAX_SUBJECTS = 20, MAX_ENVIRONMENT_CHARS = 128, MAX_NAME_CHARS = 256;
function toSubject(reference, digest) {
  const name = reference.replace(/:[\w.-]+$/, "");
  return /^[\x21-\x7e]+$/.test(name) && name.length <= MAX_NAME_CHARS && /^sha256:[0-9a-f]{64}$/.test(digest) ? { name, digest } : void 0;
}
function subjectsProblem(subjects, environment) {
  if (subjects.length > MAX_SUBJECTS)
    return `${subjects.length} artifacts, more than the limit of ${MAX_SUBJECTS}`;
  if ([...environment].length > MAX_ENVIRONMENT_CHARS)
    return `the environment has more than the ${MAX_ENVIRONMENT_CHARS} characters that GitHub allows for artifacts`;
  const names = subjects.map((each) => withoutRegistry(each.name)), twice = names.find((name, index) => names.indexOf(name) !== index);
  return twice === void 0 ? void 0 : `two artifacts have the name "${twice}"`;
}
function artifactRecords(subjects, { environment, task }, status) {
  const scope = task || "deploy";
  return subjects.map(({ name, digest }) => {
    const deploymentName = [...subjects.length === 1 ? scope : `${scope}/${withoutRegistry(name)}`].slice(0, MAX_NAME_CHARS).join("");
    return { name, digest, status, environment, deploymentName };
  });
}
const withoutRegistry = (name) => name.replace(/^(?:localhost|[^/]*[.:][^/]*)\//, "");
//! src/runner/addresses.ts
const graphqlBeside = (apiUrl) => `${apiUrl.replace(/\/api\/v3$/, "/api")}/graphql`;
function serviceUrl(env, name, fallback) {
  const given = env[name]?.trim() || fallback, url2 = parseUrl(given), isLoopback = ["127.0.0.1", "localhost", "[::1]"].includes(url2?.hostname ?? ""), isSafe = url2?.protocol === "https:" || url2?.protocol === "http:" && isLoopback, isPlain = url2 && !url2.username && !url2.password && !url2.search && !url2.hash;
  if (!isSafe || !isPlain)
    throw new ActionError(`${name}: expected an https URL without user, query or fragment, got "${sanitizeLine(url2?.origin ?? given, 64)}". The runner sets it; nothing was sent.`, { section: "inputs" });
  return given.replace(/\/+$/, "");
}
function proxyFor(env, address) {
  const target = new URL(address), variable = ["https_proxy", "HTTPS_PROXY"].find((name) => env[name]);
  if (variable === void 0 || target.protocol !== "https:" || isBypassed(env, target))
    return;
  const given = env[variable] ?? "", url2 = parseUrl(given.includes("://") ? given : `http://${given}`), user = decode(`${url2?.username}:${url2?.password}`);
  if (!url2 || !["http:", "https:"].includes(url2.protocol) || user === void 0)
    throw new ActionError(`${variable}: expected the URL of a proxy, such as http://proxy.example:3128. Correct this variable of the runner or of the workflow. Nothing was sent.`, { section: "connection" });
  const authorization = user === ":" ? "" : `Basic ${Buffer.from(user).toString("base64")}`;
  return { variable, origin: url2.origin, host: url2.host, authorization };
}
function isBypassed(env, { hostname, port }) {
  if (hostname === "localhost" || hostname.startsWith("127.") || hostname === "[::1]")
    return !0;
  const listed = (env.no_proxy || env.NO_PROXY || "").split(",").map((item) => item.trim().toLowerCase());
  return [hostname, `${hostname}:${port || 443}`].some((host) => listed.some((item) => item === "*" || item !== "" && (item === host || host.endsWith(`.${item.replace(/^\./, "")}`))));
}
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return;
  }
}
const TROUBLESHOOTING = "docs/troubleshooting.md";
function seeSection(env, section) {
  const page = documentationLink(env, TROUBLESHOOTING);
  return page === TROUBLESHOOTING ? `See "${SECTIONS[section]}" in ${page}.` : `See ${page}#${anchorOf(section)}`;
}
function documentationLink(env, page) {
  const repository = env.GITHUB_ACTION_REPOSITORY ?? "", ref = env.GITHUB_ACTION_REF ?? "", server = parseUrl(env.GITHUB_SERVER_URL || "https://github.com");
  return /^https?:\/\/[\w.:[\]-]+$/.test(server?.origin ?? "") && isPath(repository) && isPath(ref) && repository.split("/").length === 2 ? `${server?.origin}/${repository}/blob/${ref}/${page}` : page;
}
const isPath = (text) => /^[\w.-]+(\/[\w.-]+)*$/.test(text) && text.split("/").every((part) => part !== "." && part !== ".."), external_node_fs_namespaceObject = /* @__PURE__ */ lateModule("node:fs"), external_node_path_namespaceObject = /* @__PURE__ */ lateModule("node:path");
//! src/runner/runner-file.ts
const MAX_BYTES = 50 * 1024 * 1024, MAX_NAMED = 5, MAX_SHOWN_CHARS = 200, FLAGS = external_node_fs_namespaceObject.constants.O_RDONLY | (external_node_fs_namespaceObject.constants.O_NONBLOCK ?? 0) | (external_node_fs_namespaceObject.constants.O_NOFOLLOW ?? 0);
function readRegularFile(path2, maxBytes) {
  let file;
  try {
    file = (0, external_node_fs_namespaceObject.openSync)(path2, FLAGS);
    const status = (0, external_node_fs_namespaceObject.fstatSync)(file);
    return status.isFile() && status.size <= maxBytes ? (0, external_node_fs_namespaceObject.readFileSync)(file, "utf8") : void 0;
  } catch {
    return;
  } finally {
    file !== void 0 && (0, external_node_fs_namespaceObject.closeSync)(file);
  }
}
function makeFolders(path2) {
  if (!(0, external_node_fs_namespaceObject.existsSync)(path2)) {
    makeFolders((0, external_node_path_namespaceObject.dirname)(path2));
    try {
      (0, external_node_fs_namespaceObject.mkdirSync)(path2);
    } catch (error2) {
      if (!(0, external_node_fs_namespaceObject.existsSync)(path2))
        throw error2;
    }
  }
}
function restoreFile(path2) {
  return !path2 || (0, external_node_fs_namespaceObject.existsSync)(path2) ? !1 : (makeFolders((0, external_node_path_namespaceObject.dirname)(path2)), (0, external_node_fs_namespaceObject.writeFileSync)(path2, ""), !0);
}
function openRunnerFile(path2, write) {
  const values = /* @__PURE__ */ new Map(), append = (name, value) => {
    const size = sizeOf(path2);
    try {
      write(name, value);
    } catch (error2) {
      throw path2 && (0, external_node_fs_namespaceObject.truncateSync)(path2, size), error2;
    }
  }, restore = () => {
    if (values.size === 0 || !restoreFile(path2))
      return !1;
    for (const [name, value] of values)
      append(name, value);
    return !0;
  };
  return {
    set(name, value) {
      values.set(name, value), restore() || append(name, value);
    },
    restore
  };
}
function sizeOf(path2) {
  const found = path2 ? (0, external_node_fs_namespaceObject.statSync)(path2, { throwIfNoEntry: !1 }) : void 0;
  if (found?.isFIFO())
    throw new Error(`${path2} is a FIFO`);
  return found?.size ?? 0;
}
function readFileCommands(path2) {
  try {
    const found = (0, external_node_fs_namespaceObject.statSync)(path2, { throwIfNoEntry: !1 });
    return found ? found.isFile() ? found.size > MAX_BYTES ? { values: /* @__PURE__ */ new Map(), problem: "it is larger than 50 MiB" } : parseFileCommands(runner_file_decode((0, external_node_fs_namespaceObject.readFileSync)(path2))) : { values: /* @__PURE__ */ new Map(), problem: "it is not a file" } : { values: /* @__PURE__ */ new Map(), problem: "" };
  } catch (error2) {
    return { values: /* @__PURE__ */ new Map(), problem: error2 instanceof Error ? error2.message : String(error2) };
  }
}
function runner_file_decode(bytes) {
  const mark = bytes.subarray(0, 2).toString("hex"), encoding = mark === "fffe" ? "utf-16le" : mark === "feff" ? "utf-16be" : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}
function parseFileCommands(text) {
  const values = /* @__PURE__ */ new Map(), problems = [], raw = text.split(`
`), lines = raw.map(withoutReturn);
  for (let index = 0; index < lines.length; index++) {
    const line2 = lines[index] ?? "";
    if (line2 === "")
      continue;
    const [, name = "", separator = "", rest = ""] = /^(.*?)(=|<<)(.*)$/s.exec(line2) ?? [], isHeredoc = separator === "<<", end = isHeredoc ? lines.indexOf(rest, index + 1) : index;
    if (name === "" || isHeredoc && rest === "")
      problems.push(`line ${index + 1}${shown(line2)} is neither NAME=VALUE nor NAME<<DELIMITER`);
    else if (end < 0) {
      problems.push(`line ${index + 1}${shown(line2)} has no line with its delimiter after it`);
      break;
    } else
      values.set(name, isHeredoc ? withoutReturn(raw.slice(index + 1, end).join(`
`)) : rest), index = end;
  }
  return { values, problem: summarize(problems) };
}
const withoutReturn = (line2) => process.platform === "win32" ? line2.replace(/\r$/, "") : line2, shown = (line2) => line2.length > MAX_SHOWN_CHARS ? "" : ` ("${line2}")`;
function summarize(problems) {
  const more = problems.length - MAX_NAMED;
  return problems.slice(0, MAX_NAMED).join("; ") + (more > 0 ? `; ${more} more` : "");
}
const MAX_LIST_BYTES = 1024 * 1024;
function readArtifactsList(env) {
  const text = readRegularFile(env.GITHUB_ARTIFACTS_LIST ?? "", MAX_LIST_BYTES) ?? "", listed = get(parseJson(text), "subjects");
  if (Array.isArray(listed))
    return listed.filter((each) => getText(each, "kind") === "oci").map((each) => toSubject(getText(each, "name"), getText(each, "digest"))).filter((subject) => subject !== void 0);
}
//! src/runner/event.ts
const MAX_EVENT_BYTES = 32 * 1024 * 1024, PULL_REQUEST_EVENTS = [
  "pull_request",
  "pull_request_target",
  "pull_request_review",
  "pull_request_review_comment"
], isPullRequestEvent = (name) => PULL_REQUEST_EVENTS.includes(name), readEventFile = (path2) => path2 ? readRegularFile(path2, MAX_EVENT_BYTES) ?? "" : "";
function readEvent(name, text) {
  const payload = parseJson(text);
  return {
    name,
    pullRequest: isPullRequestEvent(name) ? readPullRequest(payload) : void 0,
    isPullRequestComment: name === "issue_comment" && isJsonObject(get(payload, "issue", "pull_request")),
    deployment: name.startsWith("deployment") ? readEventDeployment(payload, text) : void 0,
    deletedRef: readDeletedRef(name, payload),
    commit: readCommit(name, payload),
    releaseTag: name === "release" ? getText(payload, "release", "tag_name") : "",
    workflowRun: name === "workflow_run" ? readWorkflowRun(payload) : void 0,
    subject: readSubject(name, payload)
  };
}
function readDeletedRef(name, payload) {
  const ref = getText(payload, "ref");
  return name === "push" ? get(payload, "deleted") === !0 ? ref : "" : name !== "delete" || ref === "" ? "" : `refs/${getText(payload, "ref_type") === "tag" ? "tags" : "heads"}/${ref}`;
}
const COMMITS = {
  workflow_run: { sha: ["workflow_run", "head_sha"], name: ["workflow_run", "head_branch"] },
  merge_group: { sha: ["merge_group", "head_sha"], name: ["merge_group", "head_ref"] },
  deployment: { sha: ["deployment", "sha"], name: ["deployment", "ref"] },
  deployment_status: { sha: ["deployment", "sha"], name: ["deployment", "ref"] },
  check_run: {
    sha: ["check_run", "head_sha"],
    name: ["check_run", "check_suite", "head_branch"]
  },
  check_suite: { sha: ["check_suite", "head_sha"], name: ["check_suite", "head_branch"] },
  // A status has no branch: its commit can be in many.
  status: { sha: ["sha"], name: [] }
};
function readCommit(name, payload) {
  const paths = Object.hasOwn(COMMITS, name) ? COMMITS[name] : void 0;
  return paths && { sha: getText(payload, ...paths.sha), name: getText(payload, ...paths.name) };
}
function readSubject(name, payload) {
  if (isPullRequestEvent(name)) {
    const pull = get(payload, "pull_request");
    return {
      shas: [getText(pull, "head", "sha"), getText(pull, "merge_commit_sha")],
      title: getText(pull, "title"),
      author: getText(pull, "user", "login")
    };
  }
  const holder = name === "push" ? payload : get(payload, name), commit = get(holder, "head_commit");
  if (isJsonObject(commit))
    return {
      shas: [getText(commit, "id")],
      title: getText(commit, "message"),
      author: getText(commit, "author", "username") || getText(commit, "author", "name")
    };
}
function readWorkflowRun(payload) {
  const run = get(payload, "workflow_run");
  return {
    id: getId(run, "id") ?? 0,
    attempt: getId(run, "run_attempt") ?? 1,
    isCompleted: getText(payload, "action") === "completed",
    conclusion: getText(run, "conclusion")
  };
}
function readPullRequest(payload) {
  const pull = get(payload, "pull_request"), number = getId(pull, "number");
  if (number === void 0)
    return;
  const head = getText(pull, "head", "repo", "full_name").toLowerCase(), base = getText(pull, "base", "repo", "full_name").toLowerCase(), mergedAt = getText(pull, "merged_at");
  return {
    number,
    headSha: getText(pull, "head", "sha"),
    headRef: getText(pull, "head", "ref"),
    baseRef: getText(pull, "base", "ref"),
    isClosed: getText(payload, "action") === "closed" || getText(pull, "state") === "closed",
    // Review events have a shorter object without `merged`.
    isMerged: get(pull, "merged") === !0 || mergedAt !== "",
    mergeSha: getText(pull, "merge_commit_sha"),
    closedAt: getText(pull, "closed_at"),
    isFork: head !== base
  };
}
function readEventDeployment(payload, text) {
  const deployment = get(payload, "deployment"), id2 = getId(deployment, "id");
  if (id2 === void 0)
    return;
  const stored = membersOf(membersOf(text).get("deployment") ?? "").get("payload") ?? "";
  return {
    id: id2,
    environment: getText(deployment, "environment"),
    task: getShortText(deployment, "task"),
    ref: getShortText(deployment, "ref"),
    sha: getText(deployment, "sha"),
    payload: stored,
    origin: readOrigin(stored),
    transient: get(deployment, "transient_environment") === !0,
    url: getShortText(deployment, "url"),
    createdAt: getText(deployment, "created_at")
  };
}
//! src/runner/context.ts
function readContext(env) {
  const apiUrl = serviceUrl(env, "GITHUB_API_URL", "https://api.github.com"), graphql3 = serviceUrl(env, "GITHUB_GRAPHQL_URL", graphqlBeside(apiUrl));
  return {
    serverUrl: serviceUrl(env, "GITHUB_SERVER_URL", "https://github.com"),
    apiUrl,
    graphqlUrl: new URL(graphql3).origin === new URL(apiUrl).origin ? graphql3 : graphqlBeside(apiUrl),
    proxy: proxyFor(env, apiUrl),
    repository: env.GITHUB_REPOSITORY ?? "",
    runId: getId(env, "GITHUB_RUN_ID"),
    runAttempt: getId(env, "GITHUB_RUN_ATTEMPT") ?? 1,
    job: env.GITHUB_JOB ?? "",
    actor: env.GITHUB_ACTOR ?? "",
    action: env.GITHUB_ACTION ?? "",
    actionPath: env.GITHUB_ACTION_PATH ?? "",
    sha: env.GITHUB_SHA ?? "",
    refName: env.GITHUB_REF_NAME ?? "",
    isTag: env.GITHUB_REF_TYPE === "tag",
    event: readEvent(env.GITHUB_EVENT_NAME ?? "", readEventFile(env.GITHUB_EVENT_PATH)),
    tempFolder: env.RUNNER_TEMP ?? ""
  };
}
function isRestrictedRun(run) {
  return run.actor === "dependabot[bot]" ? !0 : run.event.name !== "pull_request_target" && run.event.pullRequest?.isFork === !0;
}
function logUrl(run, checkRunId) {
  const page = `${run.serverUrl}/${run.repository}/actions/runs/${run.runId ?? 0}`;
  return checkRunId ? `${page}/job/${checkRunId}` : `${page}/attempts/${run.runAttempt}`;
}
function parseLogUrl({ serverUrl, repository }, url2) {
  const pages = `${serverUrl}/${repository}/actions/runs/`.toLowerCase(), path2 = url2.toLowerCase();
  if (!path2.startsWith(pages))
    return;
  const [, run, job] = /^(\d{1,15})(?!\d)(?:.*\/job\/(\d{1,15}))?/.exec(path2.slice(pages.length)) ?? [];
  return run === void 0 ? void 0 : { runId: Number(run), checkRunId: job === void 0 ? void 0 : Number(job) };
}
//! src/github/classify-failure.ts
const DEFAULT_LIMIT_WAIT_MS = 6e4, MIN_LIMIT_WAIT_MS = 1e3;
function classify(failure, now) {
  return failure.cause instanceof ActionError ? { kind: "permanent" } : isLimit(failure) ? { kind: "retryable", waitMs: limitWait(failure, now) } : failure.isFinal && !isBrokenQuery(failure) ? { kind: "permanent" } : failure.isNotSent ? { kind: "retryable", waitMs: 0 } : /^ERR_(INVALID|UNESCAPED)/.test(failure.code) ? { kind: "permanent" } : failure.status >= 500 || failure.status < 300 || failure.status === 408 ? { kind: "unknown", waitMs: retryAfterMs(failure, now) ?? 0 } : { kind: "permanent" };
}
const isBrokenQuery = ({ status, message }) => status === 200 && /something went wrong while executing|couldn't respond to your request in time/i.test(message);
function isLimit(failure) {
  const { status, headers } = failure;
  if (status === 429)
    return !0;
  const hasLimitText = /rate limit|abuse detection|temporarily blocked/i.test(failure.message);
  if (status === 200)
    return hasLimitText && failure.isFinal;
  if (status !== 403)
    return !1;
  const isUsedUp = getText(headers, "x-ratelimit-remaining") === "0";
  return hasLimitText || isUsedUp || getText(headers, "retry-after") !== "";
}
const timeOf = ({ headers }, localNow) => parseDate(getText(headers, "date")) ?? localNow;
function limitWait(failure, localNow) {
  const { headers } = failure, now = timeOf(failure, localNow), waitMs = retryAfterMs(failure, localNow);
  if (waitMs !== void 0)
    return Math.max(MIN_LIMIT_WAIT_MS, waitMs);
  const reset = getText(headers, "x-ratelimit-reset").trim();
  return getText(headers, "x-ratelimit-remaining") === "0" && /^\d{1,12}$/.test(reset) ? Math.max(MIN_LIMIT_WAIT_MS, Number(reset) * 1e3 - now + 1e3) : DEFAULT_LIMIT_WAIT_MS;
}
function retryAfterMs(failure, localNow) {
  const value = getText(failure.headers, "retry-after").trim();
  if (/^\d{1,9}$/.test(value))
    return Number(value) * 1e3;
  const date = parseDate(value);
  return date === void 0 ? void 0 : date - timeOf(failure, localNow);
}
function parseDate(value) {
  const date = /^[A-Za-z]{3}, \d{2} [A-Za-z]{3} \d{4} /.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? void 0 : date;
}
const external_node_events_namespaceObject = /* @__PURE__ */ lateModule("node:events"), external_node_http_namespaceObject = /* @__PURE__ */ lateModule("node:http");
var external_node_http_default = /* @__PURE__ */ __nccwpck_require__.n(external_node_http_namespaceObject);
const external_node_https_namespaceObject = /* @__PURE__ */ lateModule("node:https");
var external_node_https_default = /* @__PURE__ */ __nccwpck_require__.n(external_node_https_namespaceObject);
const external_node_net_namespaceObject = /* @__PURE__ */ lateModule("node:net");
//! src/github/connection.ts
const IDLE_MS = 4e3;
class ConnectionError extends Error {
  name = "ConnectionError";
  /** The code of Node's error, such as `ECONNREFUSED`; empty if there is none. */
  code;
  /** The connection to the proxy, or its tunnel, has failed. */
  proxy;
  constructor(message, code, proxy) {
    super(sanitizeLine(message, 200)), this.code = code, this.proxy = proxy;
  }
}
function openConnections(address, proxy) {
  const target = new URL(address), isSecure = target.protocol === "https:", agentWith = (keepAlive) => {
    const { Agent } = isSecure ? external_node_https_default() : external_node_http_default(), agent2 = new Agent({ keepAlive, timeout: IDLE_MS }), connect2 = agent2.createConnection.bind(agent2);
    return agent2.createConnection = (options, ready) => {
      const { connecting = new AbortController().signal } = options;
      (async () => {
        const tunnel = proxy && await openTunnel(proxy, target, connecting), socket = connect2({ ...options, ...tunnel && { socket: tunnel } });
        return await settled(socket, isSecure ? "secureConnect" : "connect", connecting).catch((error2) => {
          throw new ConnectionError(connecting.aborted ? "no connection in time" : describe(error2), codeOf(error2));
        }), socket;
      })().then((socket) => ready?.(null, socket), (error2) => ready?.(error2));
    }, agent2;
  };
  let agent = agentWith(!0);
  return {
    get agent() {
      return agent;
    },
    stopReuse: () => {
      agent = agentWith(!1);
    }
  };
}
async function openTunnel(proxy, target, signal) {
  const { request: request2 } = proxy.origin.startsWith("https:") ? external_node_https_default() : external_node_http_default(), host = `${target.hostname}:${target.port || 443}`, headers = { host, ...proxy.authorization !== "" && { "proxy-authorization": proxy.authorization } }, { hostname } = new URL(proxy.origin), servername = (0, external_node_net_namespaceObject.isIP)(hostname.replace(/[[\]]/g, "")) === 0 ? hostname : "", options = { method: "CONNECT", path: host, headers, servername, agent: !1 }, sent = request2(proxy.origin, options);
  sent.end();
  const [response, socket] = await settled(sent, "connect", signal).catch((error2) => {
    const reason = signal.aborted ? `the proxy ${proxy.host} did not answer in time` : `no connection to the proxy ${proxy.host} (${codeOf(error2)})`;
    throw new ConnectionError(reason, codeOf(error2), proxy);
  }), { statusCode = 0 } = response;
  if (statusCode >= 200 && statusCode < 300)
    return socket;
  throw socket.destroy(), new ConnectionError(`the proxy ${proxy.host} answered ${statusCode}`, "", proxy);
}
async function settled(emitter, event, signal) {
  try {
    return await (0, external_node_events_namespaceObject.once)(emitter, event, { signal });
  } catch (error2) {
    throw emitter.on("error", () => {
    }).destroy(), error2;
  }
}
const codeOf = (error2) => getText(error2, "code");
function describe(error2) {
  const host = getText(error2, "hostname") || getText(error2, "address");
  return `no connection (${[codeOf(error2), host].filter((part) => part !== "").join(" ")})`;
}
//! src/github/transport.ts
const MAX_ANSWER_BYTES = 5 * 1024 * 1024, MAX_REDIRECTS = 3;
class BrokenResponse extends Error {
  name = "BrokenResponse";
}
class TooLargeResponse extends BrokenResponse {
}
const transport = (connections, requestLog) => async (address, outgoing) => {
  let url2 = new URL(address);
  for (let hop = 0; ; hop++) {
    const response = await logged(requestLog, url2, outgoing, send(url2, outgoing, connections)), location = response.headers.get("location");
    if (![301, 302, 307, 308].includes(response.status) || !location)
      return response;
    const target = parseUrl(location, url2.href), section = "connection";
    if (target?.origin !== url2.origin)
      throw new ActionError(`GitHub redirects to ${target?.origin ?? "an address that cannot be read"}; not followed, since the token stays with ${url2.origin}`, { section });
    if (hop >= MAX_REDIRECTS)
      throw new ActionError(`GitHub redirects more than ${MAX_REDIRECTS} times`, { section });
    url2 = target;
  }
};
function send(url2, outgoing, connections) {
  const { request: request2 } = url2.protocol === "https:" ? external_node_https_default() : external_node_http_default(), body = outgoing.body === void 0 ? void 0 : Buffer.from(outgoing.body), headers = { ...outgoing.headers, "content-length": String(body?.length ?? 0) };
  return new Promise((resolve, reject) => {
    const { method, signal } = outgoing, fail = (error2) => {
      connections.stopReuse(), reject(error2);
    };
    if (signal?.aborted)
      return fail(new ConnectionError("no connection in time", ""));
    const options = { method, headers, agent: connections.agent, connecting: signal }, sent = request2(url2, options, (received) => {
      readBody(received).then((text) => resolve(toResponse(url2, received, text)), fail);
    });
    sent.once("socket", () => {
      const abort = () => {
        fail(new BrokenResponse("no answer in time")), sent.destroy();
      };
      signal?.addEventListener("abort", abort, { once: !0 });
    }), sent.once("upgrade", (received, socket) => {
      fail(new BrokenResponse(`a response that is not in the format of its API (status ${received.statusCode})`)), socket.destroy();
    }), sent.on("error", fail), sent.end(body);
  });
}
async function readBody(received) {
  const chunks = [];
  let size = 0;
  for await (const chunk of received) {
    if (size += chunk.length, size > MAX_ANSWER_BYTES)
      throw new TooLargeResponse("an answer of more than 5 MiB");
    chunks.push(chunk);
  }
  if (!received.complete)
    throw new BrokenResponse("an answer that ended in the middle");
  return Buffer.concat(chunks);
}
function toResponse(url2, received, body) {
  const headers = Object.entries(received.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(", ") : value ?? ""
  ]), text = body.toString("utf8");
  return {
    status: received.statusCode ?? 0,
    statusText: received.statusMessage ?? "",
    url: url2.href,
    headers: new Map(headers),
    body: text,
    text: async () => text,
    arrayBuffer: async () => new Uint8Array(body).buffer
  };
}
async function logged(requestLog, { pathname, searchParams }, { method, body }, sending) {
  if (!requestLog)
    return sending;
  const { log, now } = requestLog, startedAt2 = now(), page = /^\d{1,9}$/.exec(searchParams.get("page") ?? "")?.[0], operation = /^\{"query":"((?:query|mutation) \w{1,64})/.exec(body ?? "")?.[1], request2 = `${method} ${pathname}${page ? `?page=${page}` : ""}${operation ? ` (${operation})` : ""}`, line2 = (result, facts2) => log([`${request2}: ${result} in ${now() - startedAt2} ms`, ...facts2].join(", ")), failed = (error2) => line2(`no answer (${Object(error2).code || error2.message})`, []);
  return sending.then((response) => line2(response.status, factsOf(response)), failed), sending;
}
function factsOf({ headers }) {
  const id2 = sanitizeLine(headers.get("x-github-request-id") ?? "", 100), [remaining, limit, reset] = ["remaining", "limit", "reset"].map((name) => /^\d{1,10}$/.exec(headers.get(`x-ratelimit-${name}`) ?? "")?.[0]), until = reset === void 0 ? "" : ` until ${new Date(Number(reset) * 1e3).toISOString()}`;
  return [
    ...id2 === "" ? [] : [`request id ${id2}`],
    ...remaining === void 0 ? [] : [`${remaining} of ${limit ?? "an unknown number"} left${until}`]
  ];
}
//! src/github/failure.ts
const NO_TOKEN = "there is no token to send", MAX_DETAILS = 5;
class GitHubFailure extends Error {
  name = "GitHubFailure";
  /** HTTP status; 0 where there was no answer. */
  status;
  requestId;
  /** The permission that the token needs, as GitHub names it: `deployments=write`. */
  acceptedPermissions;
  /** The response headers. */
  headers;
  /** The parsed body, of unknown shape. */
  data;
  /** Node's error code, such as `ECONNREFUSED`. */
  code;
  /** Nothing of the request left this machine. */
  isNotSent;
  /** GitHub refused the request although the status is below 300 (202, GraphQL errors). */
  isFinal;
  constructor(message, facts2, cause) {
    super(message, { cause });
    const { status = 0, headers = {}, data, code = "", isNotSent = !1, isFinal: isFinal2 = !1 } = facts2;
    this.status = status, this.headers = headers, this.code = code, this.isNotSent = isNotSent, this.isFinal = isFinal2, this.requestId = sanitizeLine(getText(headers, "x-github-request-id"), 100), this.acceptedPermissions = sanitizeLine(getText(headers, "x-accepted-github-permissions"), 200), this.data = data;
  }
  /** What was tried, for the message. */
  advice = "";
  advised(advice) {
    return this.advice = advice, this;
  }
  /** A few words for a line of the log. */
  get short() {
    return this.status > 0 ? `HTTP ${this.status}` : sanitizeLine(this.message, 100);
  }
}
const isTooLarge = (error2) => error2 instanceof GitHubFailure && error2.cause instanceof TooLargeResponse;
function toFailure(error2) {
  if (error2 instanceof GitHubFailure)
    return error2;
  const response = get(error2, "response");
  if (response === void 0)
    return unanswered(error2);
  const status = Number(get(error2, "status")), data = get(response, "data"), headers = get(response, "headers");
  return new GitHubFailure(bodyMessage(data), { status, headers, data }, error2);
}
function bodyMessage(data) {
  const message = getText(data, "message");
  if (message === "")
    return "a response that is not in the format of its API";
  const errors = get(data, "errors"), shown2 = (Array.isArray(errors) ? errors : errors === void 0 ? [] : [errors]).map(detailOf).filter((detail) => detail !== "").slice(0, MAX_DETAILS).join("; ");
  return sanitizeLine(shown2 === "" ? message : `${message}: ${shown2}`);
}
function detailOf(error2) {
  if (typeof error2 == "string")
    return error2;
  const contexts = get(error2, "contexts");
  return Array.isArray(contexts) ? contexts.filter((context2) => getText(context2, "state") !== "success").map((context2) => `${getText(context2, "context")} is ${getText(context2, "state")}`).join(", ") : getText(error2, "message") || [getText(error2, "field"), getText(error2, "code")].filter((text) => text).join(" is ");
}
function unanswered(error2) {
  const cause = get(error2, "cause") ?? error2;
  if (cause instanceof ActionError || cause instanceof BrokenResponse)
    return new GitHubFailure(cause.message, {}, cause);
  if (cause instanceof ConnectionError)
    return new GitHubFailure(cause.message, { code: cause.code, isNotSent: !0 }, cause);
  const code = getText(cause, "code") || getText(error2, "code"), reason = code === "" ? messageOf(error2) : `the connection was lost (${code})`;
  return new GitHubFailure(sanitizeLine(reason, 200), { code }, error2);
}
//! src/github/tolerated-errors.ts
const failureOf = (error2) => {
  const cause = error2 instanceof Error ? error2.cause : void 0;
  return cause instanceof GitHubFailure ? cause : void 0;
}, isReadOnlyToken = (error2, run) => {
  const failure = failureOf(error2);
  if (!failure || !isRestrictedRun(run))
    return !1;
  const message = failure.message.toLowerCase();
  return failure.status === 403 && message.includes("not accessible by integration") || failure.message === NO_TOKEN;
}, isCertainlyNotDone = (error2) => {
  const failure = failureOf(error2);
  return failure ? classify(failure, 0).kind !== "unknown" : error2 instanceof ActionError;
};
function tolerated(error2, run, failOnError) {
  if (isReadOnlyToken(error2, run)) {
    const accepted = failureOf(error2)?.acceptedPermissions ?? "";
    if (accepted !== "" && !accepted.includes("deployments=") && error2 instanceof ActionError)
      return error2;
    const trigger = run.actor === "dependabot[bot]" ? "Dependabot" : "a pull request from a fork", reason = failureOf(error2)?.message === NO_TOKEN ? "it gets no secrets and `token` is empty" : "its token is read-only", exists2 = error2 instanceof RequestError && error2.parts.failed.startsWith("Could not create") ? "No deployment was recorded, and `deployment-id` is empty." : "Nothing was changed.";
    return new ActionError(`This run was triggered by ${trigger}, so ${reason}. ${exists2}`, { section: "readOnly" });
  }
  if (!(failOnError || !(error2 instanceof ActionError) || error2 instanceof InputError))
    return error2;
}
//! src/inputs/parsers.ts
function trimBlanks(text) {
  const isBlank = (position) => ` 	\r
`.includes(text.charAt(position));
  let [start2, end] = [0, text.length];
  for (; start2 < end && isBlank(start2); )
    start2++;
  for (; start2 < end && isBlank(end - 1); )
    end--;
  return text.slice(start2, end);
}
const parsers_MAX_ENVIRONMENT_CHARS = 255, MAX_URL_CHARS = 2048, MAX_QUOTED_CHARS = 64, badInput = (name, expected, value) => new InputError(`${name}: expected ${expected}, got "${quoted(value)}"`), notAllowed = (name, allowed, value) => badInput(name, `${allowed.slice(0, -1).join(", ")} or ${allowed.at(-1)}`, value), quoted = (value) => sanitizeLine(value.replace(/[^/\s@:]*:[^/\s@]*@/g, "***@"), MAX_QUOTED_CHARS);
function parsers_choice(read, name, allowed) {
  const value = read(name);
  if (value === "")
    return;
  const found = allowed.find((choice2) => choice2 === value.toLowerCase());
  if (found === void 0)
    throw notAllowed(name, allowed, value);
  return found;
}
function parsers_boolean(read, name) {
  const value = read(name);
  if (value !== "") {
    if (["true", "True", "TRUE"].includes(value))
      return !0;
    if (["false", "False", "FALSE"].includes(value))
      return !1;
    throw notAllowed(name, ["true", "false"], value);
  }
}
function wholeNumber(read, name, least) {
  const value = read(name);
  if (value === "")
    return;
  const number = /^(0|[1-9][0-9]{0,15})$/.test(value) ? Number(value) : Number.NaN;
  if (!Number.isSafeInteger(number) || number < least)
    throw badInput(name, least > 0 ? "a positive integer" : "0 or a positive integer", value);
  return number;
}
function urlProblem(value) {
  const url2 = parseUrl(value);
  if (!(url2?.protocol === "http:" || url2?.protocol === "https:") || !/^https?:\/\//i.test(value))
    return `expected an http or https URL, got "${quoted(value)}"`;
  if (url2.username || url2.password)
    return "expected a URL without a user name or password";
  if (hiddenCharacter(value) || /\s/.test(value))
    return "expected a URL without spaces";
  if (value.length > MAX_URL_CHARS)
    return `expected a URL of at most ${MAX_URL_CHARS} characters, got ${value.length}`;
}
const normalizeUrl = (url2) => /^[\x21-\x7e]*$/.test(url2) ? url2.replace(/^https?:/i, (scheme) => scheme.toLowerCase()) : new URL(url2).href;
function url(read, name) {
  const value = read(name), problem = value === "" ? void 0 : urlProblem(value);
  if (problem)
    throw new InputError(`${name}: ${problem}`);
  return value === "" ? "" : normalizeUrl(value);
}
function usableUrl(value, warn) {
  const problem = value === "" ? void 0 : urlProblem(value);
  return problem && warn(`environment-url: ${problem}. It is left out.`), value === "" || problem ? "" : normalizeUrl(value);
}
function environmentName(name, value) {
  const normal = value.normalize("NFC"), length = [...normal].length;
  if (length > parsers_MAX_ENVIRONMENT_CHARS)
    throw badInput(name, `at most ${parsers_MAX_ENVIRONMENT_CHARS} characters (it has ${length})`, normal);
  const hidden = hiddenCharacter(normal);
  if (hidden) {
    const where = `${hidden.name} at position ${hidden.position}`;
    throw badInput(name, `a name without control or invisible characters (${where})`, normal);
  }
  if (normal.split("/").some((part) => part === "." || part === ".."))
    throw badInput(name, 'a name without "." or ".." between slashes', normal);
  return normal;
}
const list = (read, name) => (read(name).match(/(?:\([^()\n]*\)|[^,\n])+/g) ?? []).map((item) => item.trim()).filter((item) => item !== ""), environmentNames = (read, name) => read(name).split(/,[ \t]+|\r?\n/).map(trimBlanks).filter((item) => item !== "").map((item) => environmentName(name, item));
function line(read, name, limit = 255) {
  const value = read(name), hidden = hiddenCharacter(value);
  if (hidden)
    throw badInput(name, `text without control or invisible characters (${hidden.name})`, value);
  if (value.length > limit)
    throw badInput(name, `at most ${limit} characters`, value);
  return value;
}
//! src/inputs/artifacts.ts
function parseArtifacts(text) {
  if (text === "")
    return { kind: "none" };
  if (text.toLowerCase() === "auto")
    return { kind: "auto" };
  const lines = new Set(text.split(`
`).map((line2) => line2.trim()));
  lines.delete("");
  const incomplete = [], subjects = [];
  for (const line2 of lines) {
    const [, reference = "", digest = ""] = /^([^@]*)@(.*)$/.exec(line2) ?? [], subject = toSubject(reference, digest.toLowerCase());
    if (subject)
      subjects.push(subject);
    else if (line2.includes("@") && ["", "sha256:"].includes(digest))
      incomplete.push(line2);
    else
      throw invalidArtifact(line2);
  }
  return { kind: "list", subjects, incomplete };
}
function readArtifacts(read, isLate) {
  const text = read("artifacts"), artifacts = parseArtifacts(text), [missing] = artifacts.kind === "list" && !isLate ? artifacts.incomplete : [];
  if (missing !== void 0)
    throw invalidArtifact(missing);
  return text;
}
function readSubjects(read) {
  const artifacts = parseArtifacts(readArtifacts(read, !1));
  if (artifacts.kind === "list")
    return artifacts.subjects;
  if (artifacts.kind === "none")
    return [];
  throw new InputError('artifacts: "auto" is not possible with `mode: deactivate`. List the artifacts as <name>@sha256:<digest>.');
}
function isComplete(text) {
  try {
    const artifacts = parseArtifacts(text);
    return artifacts.kind === "list" ? artifacts.incomplete.length === 0 : artifacts.kind === "auto";
  } catch {
    return !1;
  }
}
const invalidArtifact = (line2) => badInput("artifacts", '"auto", or lines of <name>@sha256:<64 hexadecimal digits>', line2);
//! src/finalize/artifacts.ts
const NOT_AFFECTED = "The deployment is not affected.";
async function recordDeployed(deps, text, target) {
  const artifacts = parsed(deps, text);
  if (artifacts.kind === "none")
    return;
  if (artifacts.kind === "list") {
    for (const line2 of artifacts.incomplete)
      deps.step.log.warning(`artifacts: "${line2}" has no digest, so it was not recorded.`, "artifacts");
    return recordAll(deps, artifacts.subjects, target, "deployed");
  }
  const declared = readArtifactsList(deps.step.env);
  if (declared === void 0) {
    deps.step.log.warning('artifacts: this runner does not provide the list of artifacts ("GITHUB_ARTIFACTS_LIST"), so none was recorded. List them as <name>@sha256:<digest>.', "artifacts");
    return;
  }
  return declared.length === 0 && deps.step.log.info("No earlier step declared an OCI artifact."), recordAll(deps, declared, target, "deployed");
}
const recordDecommissioned = (deps, subjects, target) => recordAll(deps, subjects, target, "decommissioned");
function parsed({ step: { log } }, text) {
  try {
    return parseArtifacts(text);
  } catch (error2) {
    if (!(error2 instanceof InputError))
      throw error2;
    return log.warning(`${error2.message}. No artifact was recorded.`, "artifacts"), { kind: "none" };
  }
}
async function recordAll({ deployments, step: { log } }, subjects, target, status) {
  const problem = subjectsProblem(subjects, target.environment);
  if (problem !== void 0) {
    log.warning(`artifacts: ${problem}, so none was recorded.`, "artifacts");
    return;
  }
  for (const record of artifactRecords(subjects, target, status))
    try {
      await deployments.recordArtifact(record, NOT_AFFECTED) && log.info(`Recorded ${record.name}@${record.digest} as ${status} in ${record.environment}`);
    } catch (error2) {
      if (!(error2 instanceof ActionError))
        throw error2;
      if (log.warning(error2.message, error2.section), [401, 403, 404].includes(failureOf(error2)?.status ?? 0))
        return;
    }
}
//! src/lib/glob.ts
function matches(pattern, name) {
  const wanted = [...nameKey(pattern)], given = [...nameKey(name)];
  let atPattern = 0, atName = 0, lastStar = -1, afterStar = 0;
  for (; atName < given.length; )
    if (wanted[atPattern] === "*")
      lastStar = atPattern++, afterStar = atName;
    else if (wanted[atPattern] === "?" || wanted[atPattern] === given[atName])
      atPattern++, atName++;
    else if (lastStar >= 0)
      atPattern = lastStar + 1, atName = ++afterStar;
    else
      return !1;
  for (; wanted[atPattern] === "*"; )
    atPattern++;
  return atPattern === wanted.length;
}
const isGlob = (pattern) => /[*?]/.test(pattern), matchesAny = (patterns, name) => patterns.some((pattern) => matches(pattern, name));
//! src/report/outputs.ts
const OUTPUTS = [
  "deployment-id",
  "deployment-url",
  "status-id",
  "state",
  "environment",
  "environment-url",
  "log-url",
  "ref",
  "sha",
  "task",
  "payload",
  "previous-deployment-id",
  "previous-sha",
  "compare-url",
  "deactivated",
  "deleted",
  "deployments"
], OLD_NAMES = {
  "deployment-id": "deployment_id",
  "deployment-url": "deployment_url",
  "environment-url": "environment_url",
  "status-id": "status_id",
  environment: "env"
}, namesOf = (output) => [output, OLD_NAMES[output]].filter((name) => name !== void 0), MAX_LISTED = 100, idText = (id2) => id2 === 0 ? "" : String(id2), compareUrl = (run, repository, from, to) => from === to ? "" : `${run.serverUrl}/${repository}/compare/${from}...${to}`, deploymentsOutput = (changed) => JSON.stringify(changed.slice(0, MAX_LISTED).map(({ id: id2, environment, state }) => ({ id: id2, environment, state })));
//! src/report/result.ts
const SENTENCES = {
  success: (name) => `Deployed to ${name}`,
  failure: (name) => `Deployment to ${name} failed`,
  error: (name) => `Deployment to ${name} ended with an error`,
  inactive: (name) => `Deployment to ${name} is inactive`,
  in_progress: (name) => `Deploying to ${name}`,
  queued: (name) => `Deployment to ${name} is queued`,
  pending: (name) => `Deployment to ${name} is pending`
};
function resultSentence({ state, description: description2, previousSha }, name) {
  const [, reason = ""] = /^(Canceled|Interrupted|Skipped|Superseded)\b/.exec(description2) ?? [];
  return state === "success" || !isFinal(state) || reason === "" ? SENTENCES[state]?.(name) ?? `Deployment to ${name}: ${state}` : reason === "Canceled" && /^[0-9a-f]{40}/.test(previousSha) ? `Deployment canceled; ${name} still runs ${previousSha.slice(0, 7)}` : `Deployment to ${name} ${reason.toLowerCase()}`;
}
const environmentPage = (run, repository, environment) => `${run.serverUrl}/${repository}/deployments/activity_log?environments_filter=${encodeURIComponent(environment)}`;
function resultLines(run, result, of = run.repository) {
  const { target, state, environmentUrl, deactivated, description: description2 } = result, { previousSha = "", repository = of } = target.record ?? {}, why = state === "success" || description2 === "" ? "" : ` (${description2})`, others = deactivated === 0 ? "" : `; ${countOf(deactivated, "earlier deployment")} made inactive`, link = environmentUrl || environmentPage(run, repository, target.environment), sentence = resultSentence({ state, description: description2, previousSha }, target.environment);
  return `Deployment ${target.id}: ${state}${why}${others}
${sentence}: ${link}`;
}
function deactivationSentence(deactivated, deleted, failed) {
  const errors = failed > 0 ? `, with ${countOf(failed, "error")}` : "";
  return deactivated + deleted === 0 ? failed > 0 ? "Deactivation failed" : "No deployment was deactivated" : deactivated === 0 ? `Deleted ${countOf(deleted, "deployment")}${errors}` : `Deactivated ${countOf(deactivated, "deployment")}${deleted > 0 ? ` and deleted ${deleted}` : ""}${errors}`;
}
//! src/lib/markdown.ts
const MAX_TEXT_CHARS = 300;
function escapeMarkdown(text) {
  const entity = (character) => `&#${character.charCodeAt(0)};`;
  return sanitizeLine(text, MAX_TEXT_CHARS).trimStart().replace(/[!-,./:-@[-`{-~]/g, entity).replace(/&#(64|35);/g, "$&&#8203;").replace(/^-/, "&#45;");
}
function markdown_link(text, address) {
  const url2 = parseUrl(address);
  if (url2?.protocol !== "https:" && url2?.protocol !== "http:")
    return escapeMarkdown(text);
  const safe = url2.href.replace(/[()<>[\]"'`|\\*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  return `[${escapeMarkdown(text)}](${safe})`;
}
function facts(columns) {
  const filled = columns.filter(([, value]) => value !== "");
  return table(filled.map(([name]) => name), [filled.map(([, value]) => value)]);
}
function table(heads, rows) {
  const line2 = (cells) => `| ${cells.join(" | ")} |`;
  return [line2(heads), line2(heads.map(() => "---")), ...rows.map(line2)].join(`
`);
}
const MAX_SUMMARY_CHARS = 64 * 1024;
function truncateSummary(summary) {
  if (summary.length <= MAX_SUMMARY_CHARS)
    return summary;
  const kept = summary.slice(0, MAX_SUMMARY_CHARS);
  return `${kept.slice(0, kept.lastIndexOf(`
`))}

\u2026
`;
}
//! src/report/summary.ts
const NOTHING_CHANGED = " (dry run, nothing was changed)", ICONS = {
  success: "\u2705",
  failure: "\u274C",
  error: "\u26A0\uFE0F",
  inactive: "\u26AA",
  in_progress: "\u{1F504}",
  queued: "\u23F3",
  pending: "\u23F3"
};
function finalizedSummary(run, result, { now, isDryRun, repository = run.repository }) {
  const { target } = result, record = target.record, created = isFinal(target.state) ? Number.NaN : Date.parse(target.createdAt), started = record?.startedAt ?? created;
  return deploymentSummary(run, {
    ...target,
    ...result,
    repository: record?.repository ?? repository,
    previousSha: record?.previousSha ?? "",
    isDryRun,
    duration: started > 0 ? now - started : void 0
  });
}
const startedSummary = (run, record, state) => deploymentSummary(run, { ...record, state, isDryRun: record.dryRun, duration: void 0 });
function deploymentSummary(run, deployment) {
  const { state, sha, duration, isDryRun } = deployment, repository = `${run.serverUrl}/${deployment.repository}`, page = environmentPage(run, deployment.repository, deployment.environment), name = deployment.refName === sha ? "" : escapeMarkdown(deployment.refName), sentence = resultSentence(deployment, escapeMarkdown(deployment.environment)), commit = sha === "" ? "" : markdown_link(sha.slice(0, 7), `${repository}/commit/${sha}`);
  return paragraphs([
    `### ${ICONS[state]} ${sentence}${isDryRun ? NOTHING_CHANGED : ""}`,
    markdown_link(deployment.environmentUrl || "View deployment", deployment.environmentUrl || page),
    escapeMarkdown(deployment.description.replace(/\s+/g, " ")),
    subjectLine(run, deployment),
    facts([
      ["Commit", [name, commit].filter((part) => part !== "").join(" at ")],
      ["Changes", changesLink(run, deployment)],
      ["Duration", duration === void 0 || isDryRun ? "" : formatDuration(duration)],
      ["Deployment", deployment.id === 0 ? "none" : markdown_link(String(deployment.id), page)],
      ["Log", markdown_link("job", deployment.logUrl)]
    ])
  ]);
}
function changesLink(run, { repository, previousSha, sha }) {
  const compare = previousSha === "" ? "" : compareUrl(run, repository, previousSha, sha);
  return compare === "" ? "" : markdown_link(`since ${previousSha.slice(0, 7)}`, compare);
}
function formatDuration(milliseconds2) {
  const seconds2 = Math.max(0, Math.round(milliseconds2 / 1e3)), [hours, minutes] = [Math.floor(seconds2 / 3600), Math.floor(seconds2 / 60) % 60];
  return hours > 0 ? `${hours} h ${minutes} min` : minutes > 0 ? `${minutes} min ${seconds2 % 60} s` : `${seconds2} s`;
}
function subjectLine(run, { sha, repository }) {
  const { subject, pullRequest } = run.event;
  if (!sameName(repository, run.repository) || sha === "" || !subject?.shas.includes(sha))
    return "";
  const [title = ""] = subject.title.split(/[\r\n]/), number = pullRequest?.number, pull = number === void 0 ? "" : markdown_link(`#${number}`, `${run.serverUrl}/${repository}/pull/${number}`), what = [escapeMarkdown(title.trim()), pull].filter((part) => part !== "").join(" "), by = subject.author === "" ? "" : `by ${escapeMarkdown(subject.author)}`;
  return [what, by].filter((part) => part !== "").join(", ");
}
const paragraphs = (parts) => `${parts.filter((part) => part !== "").join(`

`)}
`, joinSummaries = (summaries) => summaries.join(`
`), MAX_ROWS = 100, MAX_LINKS = 10;
function deactivateSummary(run, { repository, dryRun }, { changed: all, deletedEnvironments, failed }) {
  const deactivated = all.filter((one) => one.state !== one.before).length, deleted = all.filter((one) => one.isDeleted).length, names = [...new Set(all.map((one) => one.environment))], linked = names.slice(0, MAX_LINKS).map((name) => deletedEnvironments.some((other) => sameName(other, name)) ? `${escapeMarkdown(name)} (deleted)` : markdown_link(name, environmentPage(run, repository, name))), rows = all.slice(0, MAX_ROWS).map((one) => {
    const after = one.isDeleted ? `${one.state}, deleted` : one.state;
    return [String(one.id), escapeMarkdown(one.environment), one.before, after];
  }), others = names.length - linked.length, more = all.length - rows.length, gone = deletedEnvironments.filter((name) => !names.some((other) => sameName(other, name))).map(escapeMarkdown), where = `${linked.join(", ")}${others > 0 ? ` and ${others} more` : ""}`;
  return paragraphs([
    `### ${failed === 0 ? "\u26AA" : "\u26A0\uFE0F"} ${deactivationSentence(deactivated, deleted, failed)}${dryRun ? NOTHING_CHANGED : ""}`,
    where,
    failed === 0 ? "" : "See the log for the errors.",
    all.length === 0 ? "" : table(["Deployment", "Environment", "Before", "After"], rows),
    more > 0 ? `and ${more} more` : "",
    gone.length === 0 ? "" : `Environments deleted: ${gone.join(", ")}`
  ]);
}
//! src/runner/infer.ts
const MAX_REF_CHARS = 1024, IS_EMPTY = 'the input "environment" is empty', FROM_INPUT = 'input "environment"', fromPull = (number) => `pull request #${number}; ${IS_EMPTY}`, fromDeployment = (id2) => `deployment ${id2}; ${IS_EMPTY}`;
function inferCommit(run, explicitRef) {
  const { event } = run;
  if (explicitRef !== "")
    return { ref: explicitRef, sha: "", name: explicitRef, refType: refTypeOf(explicitRef) };
  if (event.isPullRequestComment)
    throw new InputError('ref: a comment has no commit. Read the head of the pull request first:\n  - id: head\n    run: echo "sha=$(gh pr view "$NUMBER" --json headRefOid --jq .headRefOid)" >> "$GITHUB_OUTPUT"\n    env: { GH_TOKEN: "${{ github.token }}", GH_REPO: "${{ github.repository }}", NUMBER: "${{ github.event.issue.number }}" }\nThen set "ref: ${{ steps.head.outputs.sha }}" here. The commit is not trusted: anyone can open a pull request, and push to it after the comment. Do not run its code, for example after actions/checkout, in a job with secrets or a token that can write.');
  const { sha, name, refType } = commitOfEvent(run);
  if (!/^[0-9a-f]{40}([0-9a-f]{24})?$/.test(sha))
    throw new InputError(`ref: the event "${event.name}" has no commit; set a branch, tag or SHA`);
  return { ref: sha, sha, name: name.slice(0, MAX_REF_CHARS), refType };
}
function commitOfEvent({ event, sha, refName, isTag }) {
  const pull = event.pullRequest;
  return isPullRequestEvent(event.name) ? pull ? pull.isClosed ? { sha: pull.mergeSha || sha, name: pull.baseRef, refType: "branch" } : { sha: pull.headSha, name: pull.headRef, refType: "branch" } : { sha: "", name: "", refType: "branch" } : event.commit ? { ...event.commit, refType: refTypeOf(event.commit.name) } : event.releaseTag !== "" ? { sha, name: event.releaseTag, refType: "tag" } : { sha, name: refName, refType: isTag ? "tag" : "branch" };
}
function endOf({ event }, inputs) {
  if (event.deletedRef !== "")
    return { kind: "ref", ref: event.deletedRef };
  const pull = event.pullRequest;
  if (!pull?.isClosed)
    return;
  const isPreview = inputs.environment === "" || inputs.transient === !0 || isPreviewOf(inputs.environment, pull.number);
  return pull.isMerged && !isPreview ? void 0 : { kind: "pull", number: pull.number, closedAt: pull.closedAt };
}
const isPreviewOf = (environment, number) => matchesAny([`pr-${number}`, `pr-${number}/*`], environment);
function inferEnvironment(run, explicit) {
  if (explicit !== "")
    return { name: explicit, isInferred: !1, source: FROM_INPUT };
  const pull = run.event.pullRequest;
  if (pull)
    return { name: `pr-${pull.number}`, isInferred: !0, source: fromPull(pull.number) };
  throw new InputError(`environment: expected a name such as "production", got none; it can be empty only on a pull request or a "deployment" event, and this event is "${run.event.name}"`);
}
function deploymentOfEvent(run, repository, environment) {
  const { deployment } = run.event, isHere = sameName(repository, run.repository);
  return run.event.name !== "deployment" || !deployment || !isHere ? void 0 : environment === "" || sameName(environment, deployment.environment) ? deployment : void 0;
}
function inferPatterns(run, explicit) {
  if (explicit.length > 0)
    return { patterns: explicit, isInferred: !1, source: FROM_INPUT };
  const { pullRequest, deployment, name } = run.event;
  if (pullRequest) {
    const own = `pr-${pullRequest.number}`, source = fromPull(pullRequest.number);
    return { patterns: [own, `${own}/*`], isInferred: !0, source };
  }
  if (name === "deployment" && deployment) {
    const source = fromDeployment(deployment.id);
    return { patterns: [deployment.environment], isInferred: !1, source };
  }
  const example = run.event.deletedRef === "" ? '"pr-12" or "preview/*"' : '"preview/*"';
  throw new InputError(`environment: expected names or patterns such as ${example}, got none; it can be empty only on a pull request`);
}
//! src/deployment/outcome.ts
const RESULTS = {
  failure: { state: "failure", reason: "Failed" },
  timed_out: { state: "failure", reason: "Timed out" },
  error: { state: "error", reason: "Error" },
  startup_failure: { state: "error", reason: "Could not start" },
  action_required: { state: "error", reason: "Action required" },
  stale: { state: "error", reason: "Stale" },
  cancelled: { state: "cancelled", reason: "Canceled" },
  in_progress: { state: "in_progress", reason: "" },
  queued: { state: "queued", reason: "" },
  pending: { state: "pending", reason: "" },
  success: { state: "success", reason: "" },
  inactive: { state: "inactive", reason: "Inactive" },
  neutral: { state: "skipped", reason: "Neutral" },
  skipped: { state: "skipped", reason: "Skipped" }
}, KNOWN_RESULTS = Object.keys(RESULTS), RANK = new Map(KNOWN_RESULTS.map((name, index) => [name, index])), NO_RESULT = { state: "error", reason: "The job's result is unknown", isUnknown: !0 }, isKnownResult = (result) => RANK.has(result), isUnfinishedResult = (result) => UNFINISHED_STATES.includes(result);
function parseResults(input) {
  const parsed2 = parseJson(input), json = typeof parsed2 == "string" ? [parsed2] : parsed2;
  return (isJsonObject(json) ? Object.values(json).map((job) => getText(job, "result")) : Array.isArray(json) ? json.map((item) => typeof item == "string" ? item : getText(item, "result")) : input.split(/[,\n]/)).map((name) => name.trim().toLowerCase()).filter((name) => name !== "");
}
function worstResult(results) {
  const rank = (result) => RANK.get(result) ?? -1;
  return [...results].sort((one, other) => rank(one) - rank(other))[0];
}
const canceledState = (given, isTransient) => given ?? (isTransient ? "inactive" : "failure");
function outcomeOf({ results, jobStatus, cancelledState }) {
  const job = jobStatus.trim().toLowerCase(), name = worstResult(results) ?? job;
  if (name === "")
    return NO_RESULT;
  const known = Object.hasOwn(RESULTS, name) ? RESULTS[name] : void 0;
  if (!known)
    return unknownResult(name);
  const { state, reason } = known;
  if (state === "cancelled")
    return { state: cancelledState, reason };
  if (state !== "skipped")
    return { state, reason };
  if (["success", "skipped", "neutral"].includes(job))
    return { state: "inactive", reason };
  const ofJob = outcomeOf({ results: [], jobStatus: job, cancelledState });
  return { ...ofJob, reason: `${reason}; the job: ${ofJob.reason.toLowerCase()}` };
}
const unknownResult = (name) => ({
  state: "error",
  reason: `Unknown result "${sanitizeLine(name, 40)}"`,
  isUnknown: !0
});
function finalOutcomeOf(facts2) {
  const unfinished = facts2.results.find(isUnfinishedResult);
  return unfinished === void 0 ? outcomeOf(facts2) : unknownResult(unfinished);
}
const statusWithin = (jobStatus, actionStatus) => worstResult([jobStatus, actionStatus].map((each) => each.trim().toLowerCase()).filter(Boolean)) ?? "", outcomeOfCommand = (exitCode) => exitCode === 0 ? { state: "success", reason: "" } : { state: "failure", reason: `Failed with exit code ${exitCode}` }, STATE_IGNORED = "state: ignored, because the exit code of the command in `run` decides.", COMMAND_NOT_RUN = { state: "failure", reason: "The command did not run" }, INCOMPLETE_START = { state: "error", reason: "The start did not complete" }, outcomeOfInterruption = (state) => ({ state, reason: "Interrupted" }), outcomeOfInterruptedStart = (outcome, state) => outcome.state === "success" ? outcomeOfInterruption(state) : outcome;
function outcomeOfCommandInPost(facts2) {
  return facts2.exitCode !== void 0 ? outcomeOfCommand(facts2.exitCode) : facts2.jobStatus.trim().toLowerCase() === "cancelled" ? { state: facts2.cancelledState, reason: "Canceled" } : facts2.hasStarted ? { state: "failure", reason: "Interrupted" } : COMMAND_NOT_RUN;
}
const RUN_WITHOUT_RESULT = { state: "error", reason: "The run ended without a result" }, ENDED_EARLY = "the run ended before it reported";
function outcomeOfRun(conclusion, autoFinish, cancelledState) {
  return conclusion === "success" ? autoFinish === !0 ? RUN_WITHOUT_RESULT : void 0 : conclusion === "" ? RUN_WITHOUT_RESULT : outcomeOf({ results: [conclusion], jobStatus: "success", cancelledState });
}
const REASONS = [
  ...Object.values(RESULTS).map(({ reason }) => reason),
  ...[NO_RESULT, COMMAND_NOT_RUN, INCOMPLETE_START, RUN_WITHOUT_RESULT].map(({ reason }) => reason),
  "Interrupted",
  "Failed with exit code \\d+",
  'Unknown result "[^"]*"',
  "\\w+; the job: [^:]+"
].filter((reason) => reason !== ""), REASON = new RegExp(`^(?:${REASONS.join("|")})(?:: ${ENDED_EARLY}$|: |$)`), withoutReason = (description2) => description2.replace(REASON, "");
//! src/finalize/target.ts
const targetFromRecord = (record) => ({
  ...record,
  origin: readOrigin(record.payload),
  createdAt: "",
  state: record.finished ?? "none",
  // A `finish` of this job can have replaced what `start` posted.
  environmentUrl: record.finalUrl || record.environmentUrl,
  logUrl: record.finalLogUrl || record.logUrl,
  description: record.finalDescription || record.description,
  record
}), targetFromDeployment = (deployment, status) => ({
  ...deployment,
  refName: deployment.origin?.ref || deployment.ref,
  state: status?.state ?? "none",
  environmentUrl: status?.environmentUrl ?? "",
  logUrl: status?.logUrl ?? "",
  description: withoutReason(status?.description ?? ""),
  record: void 0
}), targetFromListed = (listed, run, repository) => ({
  ...listed,
  ref: listed.ref || listed.origin?.ref || listed.sha,
  refName: listed.origin?.ref || listed.ref,
  url: `${run.apiUrl}/repos/${repository}/deployments/${listed.id}`,
  // GraphQL has no field for it; the payload has.
  transient: listed.origin?.transient === !0,
  description: withoutReason(listed.description),
  record: void 0
});
function defaultAutoInactive(target, givenTask) {
  const pull = target.origin?.pullRequest, isOwnPreview = pull !== void 0 && target.environment === `pr-${pull}`, hasTask = givenTask !== "" || target.task !== "" && target.task !== "deploy";
  return isOwnPreview || hasTask ? "task" : "true";
}
const commaParts = (name) => name.includes(",") ? name.split(",").filter((part) => part !== "") : [];
function warnAboutCommas(log, names, existing) {
  let hasWarned = !1;
  for (const name of names) {
    const parts = commaParts(name);
    existing.some(({ environment }) => parts.some((part) => matches(part, environment))) && (hasWarned = !0, log.warning(`environment: no deployment matches "${name}", which is one name. Separate names by line breaks or by a comma followed by a space, such as "${parts.join(", ")}".`, "noMatch"));
  }
  return hasWarned;
}
//! src/finalize/error-context.ts
const error_context_NOTHING_CHANGED = "Nothing was changed.", afterCreate = (mayHaveDuplicate) => (isNotDone) => isNotDone && !mayHaveDuplicate() ? "No deployment was created." : "It is not known whether a deployment was created; the post step looks for it and finishes it.", describeOpen = ({ id: id2, environment, state }, remedy = "") => (isNotDone, isMissing) => {
  if (isMissing)
    return `Deployment ${id2} of "${environment}" was deleted, or the token cannot see it.`;
  const is = isNotDone ? "is still" : "may still be", how = state === "none" ? "open" : `"${state}"`, help = remedy === "" ? "" : `; ${isFinal(state) ? "run the job again" : remedy}`;
  return `Deployment ${id2} of "${environment}" ${is} ${how}${help}.`;
}, describeNotDeleted = (what) => (isNotDone) => `${what} ${isNotDone ? "still exists" : "may still exist"}.`, POST_REMEDY = "the post step finishes it", manualRemedy = (id2) => `finish it with \`mode: finish\`, \`deployment-id: ${id2}\`, and \`state\``;
async function isDeleted({ deployments }, { id: id2, environment, isReused }, error2) {
  if (isReused || failureOf(error2)?.status !== 404)
    return !1;
  try {
    return (await deployments.newest(environment)).every((one) => one.id !== id2);
  } catch (listError) {
    if (listError instanceof ActionError)
      return !1;
    throw listError;
  }
}
const describeDeleted = ({ id: id2, environment }) => `Deployment ${id2} of "${environment}" was deleted while the job ran, so it gets no final state.`;
//! src/deactivate/changes.ts
const MAX_LINES = 50, PROGRESS_INTERVAL_MS = 5e3;
async function makeInactive(work, listed) {
  const { deps, inputs } = work, live = listed.filter((one) => isLive(one.state));
  if (inputs.delete !== "none")
    for (const one of listed)
      isLive(one.state) || recordChange(work, one, one.state);
  const text = description("Deactivated", inputs.description), page = inputs.logUrl || logUrl(deps.run, inputs.checkRunId), writing = deps.deployments.setStatuses(live, (one) => inactiveStatus(one, text, page), describeOpen);
  for await (const one of written(work, writing, live.length, (what) => `Made ${what} inactive`))
    recordChange(work, one, "inactive");
}
async function deleteDeployments(work, listed) {
  const writing = work.deps.deployments.removeAll(listed, (one) => describeNotDeleted(`Deployment ${one.id} of "${one.environment}"`));
  for await (const { id: id2 } of written(work, writing, listed.length, (what) => `Deleted ${what}`)) {
    const known = work.done.get(id2);
    known && work.done.set(id2, { ...known, isDeleted: !0 });
  }
}
async function deleteEnvironment(work, name, others) {
  const { deployments, log } = work.deps;
  if (!(work.failures.length > 0)) {
    if (others > 0) {
      log.warning(`The environment "${name}" was not deleted: it still has ${countOf(others, "deployment")} that the inputs do not select.`, "deleteEnvironment");
      return;
    }
    try {
      if (!await deployments.removeEnvironment(name, describeNotDeleted(`The environment "${name}"`)))
        return log.info(`The environment ${name} does not exist, or the token cannot see it.`);
    } catch (error2) {
      if (!(error2 instanceof ActionError))
        throw error2;
      work.failures.push(error2);
      return;
    }
    work.deletedEnvironments.push(name), work.inputs.dryRun || log.info(`Deleted the environment ${name}`);
  }
}
async function* written({ deps, inputs, failures }, writing, total, sentence) {
  const logProgress = createProgress(deps, (count2, all) => sentence(`${count2} of ${all} deployments`));
  let count = 0;
  for await (const results of writing) {
    for (const { item, error: error2 } of results) {
      const status = failureOf(error2)?.status ?? 0;
      if (error2 && [401, 403].includes(status))
        throw error2;
      error2 && status !== 404 ? failures.push(error2) : error2 && !await deps.deployments.isGone(item.id) && failures.push(stillThere(error2, item)), !error2 && (count += 1, total <= MAX_LINES && !inputs.dryRun && deps.log.info(sentence(`deployment ${item.id} of ${item.environment}`)), yield item);
    }
    logProgress(count, total);
  }
}
const stillThere = (error2, { id: id2, environment, state }) => error2 instanceof RequestError ? new RequestError({ ...error2.parts, exists: `Deployment ${id2} of "${environment}" is still "${state}".` }, error2.cause) : error2, recordChange = ({ done }, { id: id2, environment, task, state: before }, state) => done.set(id2, { id: id2, environment, task, before, state, isDeleted: !1 }), formatCount = (count) => count.toLocaleString("en-US");
function createProgress({ log, clock }, sentence) {
  let last = clock.now();
  return (count, total = 0) => {
    clock.now() - last < PROGRESS_INTERVAL_MS || count === total || (last = clock.now(), log.info(sentence(formatCount(count), formatCount(total))));
  };
}
//! src/deactivate/selection.ts
async function findEnvironments(deps, { patterns, isInferred }) {
  const literal = patterns.filter((pattern) => !isGlob(pattern)), found = new Map(literal.map((name) => [nameKey(name), { name, isNamed: !0 }])), globs = patterns.filter(isGlob);
  if (globs.length > 0) {
    const existing = await listEnvironments(deps, globs, isInferred);
    for (const name of existing ?? [])
      !found.has(nameKey(name)) && globs.some((glob) => matches(glob, name)) && found.set(nameKey(name), { name, isNamed: !1 });
    const unmatched = globs.filter((glob) => !existing?.some((name) => matches(glob, name)));
    if (existing && !isInferred)
      for (const glob of unmatched)
        deps.log.notice(noMatch(glob));
  }
  return [...found.values()];
}
const noMatch = (pattern) => `environment: nothing matches "${pattern}".`;
async function listEnvironments(deps, globs, isInferred) {
  try {
    return await deps.deployments.environments();
  } catch (error2) {
    const isRefused = [403, 404].includes(failureOf(error2)?.status ?? 0);
    if (!isInferred || !isRefused)
      throw error2;
    deps.log.info(`${globs.join(", ")} skipped: listing environments needs the permission "actions: read".`);
    return;
  }
}
const refOf = ({ inputs, deps }) => inputs.ref === "*" ? "" : inputs.ref || deps.run.event.deletedRef;
function exclusionOf(work, one, idsWithRef) {
  const { task } = work.inputs;
  if (task !== "" && one.task !== task)
    return "task";
  const pull = work.deps.run.event.pullRequest;
  if (pull?.isClosed && pull.closedAt !== "" && Date.parse(one.createdAt) >= Date.parse(pull.closedAt))
    return "time";
  const ref = refOf(work), isListed = needsRefLookup(ref, one) && idsWithRef?.has(one.id) === !0;
  return ref === "" || isListed || isOfRef(one, ref) ? void 0 : "ref";
}
const needsRefLookup = (ref, one) => ref !== "" && one.ref === "" && !one.origin?.ref, EXCLUDED = {
  task: ["has another task", "have other tasks"],
  time: ["is newer than the closing of the pull request", "are newer than the closing of the pull request"],
  ref: ["belongs to another ref", "belong to other refs"]
}, leftOut = (count, environment, exclusion) => {
  const [one, many] = EXCLUDED[exclusion];
  return `${countOf(count, "live deployment")} of ${environment} ${count === 1 ? one : many}.`;
};
function withoutKept(deployments, keep) {
  if (keep === 0)
    return deployments;
  const counts = /* @__PURE__ */ new Map();
  return deployments.filter(({ task, state }) => {
    const { seen, hasSuccess } = counts.get(task) ?? { seen: 0, hasSuccess: !1 }, isSuccess = state === "success";
    return counts.set(task, { seen: seen + 1, hasSuccess: hasSuccess || isSuccess }), seen >= keep && !(isSuccess && !hasSuccess) && isFinal(state);
  });
}
//! src/deactivate/by-environment.ts
const MAX_NAMES = 10, NAMES_PER_LIST = 50;
async function deactivateEnvironments(work, from) {
  const { deps, inputs } = work, environments = await findEnvironments(deps, from);
  logEnvironments(work, environments.map(({ name }) => name), from.source);
  const found = environments.map((environment) => ({
    ...environment,
    selected: [],
    othersCount: 0,
    liveOthers: /* @__PURE__ */ new Map(),
    idsWithRef: void 0
  }));
  let failure;
  try {
    await readDeployments(work, found);
    for (const environment of found)
      await explain(work, environment);
  } catch (error2) {
    if (!(error2 instanceof ActionError))
      throw error2;
    failure = error2;
  }
  const selected = found.flatMap((environment) => withoutKept(environment.selected, inputs.keep));
  await makeInactive(work, selected);
  const deletable = selected.filter(({ id: id2 }) => work.done.has(id2));
  if (inputs.delete !== "none" && await deleteDeployments(work, deletable), failure)
    throw failure;
  if (inputs.delete === "environment")
    for (const { name, othersCount } of found)
      await deleteEnvironment(work, name, othersCount);
}
function logEnvironments({ deps }, names, source) {
  const more = names.length > MAX_NAMES ? ` and ${names.length - MAX_NAMES} more` : "", listed = names.length === 0 ? "none matches" : `${names.slice(0, MAX_NAMES).join(", ")}${more}`;
  deps.log.info(`Environments: ${listed} (${source})`);
}
async function readDeployments(work, found) {
  const { deps } = work;
  let count = 0;
  const logProgress = createProgress(deps, (read) => `Read ${read} deployments`);
  for (let from = 0; from < found.length; from += NAMES_PER_LIST) {
    const some = found.slice(from, from + NAMES_PER_LIST), byName = new Map(some.map((each) => [nameKey(each.name), each]));
    for await (const page of deps.deployments.list(some.map(({ name }) => name))) {
      for (const one of page) {
        const environment = byName.get(nameKey(one.environment));
        environment && await add(work, environment, one);
      }
      count += page.length, logProgress(count);
    }
  }
}
async function add(work, environment, one) {
  const ref = refOf(work);
  needsRefLookup(ref, one) && (environment.idsWithRef ??= await work.deps.deployments.madeWithRef(environment.name, ref));
  const exclusion = exclusionOf(work, one, environment.idsWithRef);
  if (exclusion === void 0) {
    environment.selected.push(toDeactivationTarget(one));
    return;
  }
  environment.othersCount += 1, isLive(one.state) && environment.liveOthers.set(exclusion, (environment.liveOthers.get(exclusion) ?? 0) + 1);
}
async function explain({ deps, inputs }, environment) {
  const { name, isNamed, selected, othersCount, liveOthers } = environment;
  if (!isNamed)
    return;
  for (const [exclusion, count] of liveOthers)
    deps.log.notice(leftOut(count, name, exclusion));
  if (selected.length + othersCount > 0 || inputs.environments.length === 0)
    return;
  const parts = commaParts(name);
  let existing = [];
  if (parts.length > 0)
    for await (const page of deps.deployments.list(parts)) {
      existing = page;
      break;
    }
  warnAboutCommas(deps.log, [name], existing) || deps.log.notice(noMatch(name));
}
//! src/deactivate/deactivate.ts
async function deactivate(deps, inputs) {
  const id2 = inputs.deploymentId, work = { deps, inputs, done: /* @__PURE__ */ new Map(), failures: [], deletedEnvironments: [] }, patterns = id2 === void 0 ? inferPatterns(deps.run, inputs.environments) : void 0;
  try {
    patterns ? await deactivateEnvironments(work, patterns) : id2 !== void 0 && await deactivateById(work, id2);
  } catch (error2) {
    if (!(error2 instanceof ActionError) || error2 instanceof InputError)
      throw error2;
    work.failures.push(error2);
  }
  const changed = [...work.done.values()];
  await recordArtifacts(work, changed);
  const isSent = !inputs.dryRun, deactivated = isSent ? changed.filter((one) => one.state !== one.before).length : 0, deleted = isSent ? changed.filter((one) => one.isDeleted).length : 0, newest = changed.reduce((latest, one) => latest && latest.id > one.id ? latest : one, void 0);
  deps.publish({
    ...newest && { "deployment-id": idText(newest.id), state: newest.state },
    deactivated: String(deactivated),
    deleted: String(deleted),
    environment: [...new Set(changed.map((one) => one.environment))].join(`
`),
    deployments: deploymentsOutput(changed)
  });
  const inactive = `${countOf(deactivated, "deployment")} made inactive`;
  if (isSent) {
    const sentence = deactivationSentence(deactivated, deleted, work.failures.length);
    deps.log.info(`${sentence}: ${deps.run.serverUrl}/${inputs.repository}/deployments`);
  }
  return {
    summary: deactivateSummary(deps.run, inputs, { ...work, changed, failed: work.failures.length }),
    error: errorOf(work.failures, `Completed: ${inactive}, ${deleted} deleted.`, deactivated + deleted > 0)
  };
}
async function deactivateById(work, id2) {
  const { environments, task, delete: deletion } = work.inputs, { deployments } = work.deps, [deployment, status] = await Promise.all([deployments.get(id2), deployments.latestStatus(id2)]), { environment } = deployment;
  if (environments.length > 0 && !matchesAny(environments, environment))
    throw new InputError(`deployment-id: deployment ${id2} has the environment "${environment}", which "environment" does not match. Nothing was changed.`);
  if (task !== "" && task !== deployment.task)
    throw new InputError(`deployment-id: deployment ${id2} has the task "${deployment.task}", which "task" does not match. Nothing was changed.`);
  const { ref } = work.inputs;
  if (ref !== "" && ref !== "*" && !isOfRef({ ...deployment, refType: refTypeOf(deployment.ref) }, ref))
    throw new InputError(`deployment-id: deployment ${id2} has the ref "${deployment.origin?.ref || deployment.ref}", which "ref" does not match. Nothing was changed.`);
  const { state = "none", environmentUrl = "" } = status ?? {}, targets = [{ ...deployment, nodeId: "", state, environmentUrl }];
  if (await makeInactive(work, targets), deletion !== "none" && await deleteDeployments(work, targets), deletion !== "environment")
    return;
  let others = 0;
  for await (const page of deployments.list([environment]))
    others += page.filter((one) => one.id !== id2).length;
  await deleteEnvironment(work, environment, others);
}
async function recordArtifacts({ deps, inputs }, changed) {
  if (inputs.artifacts.length === 0)
    return;
  const wereLive = changed.filter((one) => isLive(one.before)), targets = new Map(wereLive.map((one) => [JSON.stringify([one.environment, one.task]), one]));
  for (const target of targets.values())
    await recordDecommissioned(deps, inputs.artifacts, target);
}
function errorOf([first, ...others], completed, canWrite) {
  if (!first)
    return;
  const done = others.length === 0 ? completed : `${completed} ${others.length} more failed; this is the first error.`, section = others.length === 0 ? sectionOf(first) : "partly";
  if (first instanceof RequestError) {
    const error2 = first.withExists(done, section);
    return canWrite ? new ActionError(error2.message, { section }) : error2;
  }
  return new ActionError(`${messageOf(first)}
${done}`, { section, cause: first.cause });
}
//! src/deployment/start-record.ts
const milliseconds = (fallback) => (value) => isId(value) ? value : fallback, PHASES = ["creating", "nothing", "open", "started"], FINAL_FIELDS = {
  /** A `finish` of this job has sent a final state that GitHub may not have confirmed. */
  isFinishing: flag(!1),
  /** The final state, once GitHub confirmed it. */
  finished: optional(FINAL_STATES),
  /** The status with that state, and its other fields. */
  finalStatusId: id,
  finalUrl: json_text,
  finalLogUrl: json_text,
  finalDescription: json_text,
  /** The `finish` was given a URL or a state itself, so a late value of `start` does not count. */
  finishHadUrl: flag(!1),
  finishHadState: flag(!1)
}, STEP_FIELDS = {
  ...FINAL_FIELDS,
  /** Main or a later `finish` has recorded the artifacts. */
  areArtifactsRecorded: flag(!1)
}, finalFields = (posted) => ({
  isFinishing: !1,
  finished: isFinal(posted.state) ? posted.state : void 0,
  finalStatusId: posted.statusId,
  finalUrl: posted.environmentUrl,
  finalLogUrl: posted.logUrl,
  finalDescription: posted.userDescription
}), FIELDS = {
  key: json_text,
  repository: json_text,
  /**
   * `creating`: the create was sent, and its result is not known. `nothing`: there is no deployment to finish.
   * `open`: there is a deployment, and `start` has not completed. `started`: `start` completed.
   */
  phase: choice(PHASES, "nothing"),
  /** Main ended by itself. A record without it belongs to a `start` that still runs or was interrupted. */
  hasEnded: flag(!1),
  /** Main's process. */
  pid: id,
  /** `GITHUB_ACTION` of the step: the same in main and post. */
  action: json_text,
  /** `GITHUB_ACTION_PATH` of main: another one in post in a composite action inside a composite action. */
  actionPath: json_text,
  /** `deployment-id` or a `deployment` event named the deployment. */
  isReused: flag(!1),
  /** The reused deployment had a final state, so it is deployed once more. */
  wasFinal: flag(!1),
  /** The newest deployment of the environment when `start` read them; 0 if they could not be read. */
  newestKnownId: id,
  /** The newest status of a reused deployment before `start` posted one; 0 for a created one. */
  reusedAtStatusId: id,
  /** The last status that GitHub confirmed to `start`. */
  statusId: id,
  /** A status that was sent and not confirmed: GitHub can still record it after main was killed. */
  pendingState: optional(UNFINISHED_STATES),
  /** The create was sent twice, so there can be a second deployment. */
  mayHaveDuplicate: flag(!1),
  /** The deployment; 0 before GitHub's answer and in a dry run. */
  id,
  environment: json_text,
  task: json_text,
  ref: json_text,
  sha: json_text,
  /** The branch or tag name; `ref` is usually a SHA. */
  refName: json_text,
  /** Address of the deployment in the API. */
  url: json_text,
  transient: flag(!1),
  /** The post step of a nested composite action can get another one. */
  checkRunId: id,
  logUrl: json_text,
  environmentUrl: json_text,
  /** `environment-url` had a value in main, so a later value is not late. */
  hadUrl: flag(!1),
  /** The `state` input of main; empty if it was not given. */
  givenState: json_text,
  description: json_text,
  /** The `artifacts` input. */
  artifacts: json_text,
  /** As given; unset means the rule (`canceledState`). */
  cancelledState: optional(CANCELLED_STATES),
  autoInactive: choice(AUTO_INACTIVE, "false"),
  autoFinish: flag(!0),
  timeoutMs: milliseconds(12e4),
  dryRun: flag(!1),
  summary: flag(!0),
  /** Milliseconds since 1970. */
  startedAt: milliseconds(0),
  previousId: id,
  previousSha: json_text,
  /** `start` wraps a command, whose exit code decides. */
  hasCommand: flag(!1),
  /** The command wrote the environment URL, so a late value does not count. */
  isUrlFromCommand: flag(!1),
  /** Exit code of the command if it ended without an interruption. */
  exitCode: (value) => typeof value == "number" ? value : void 0,
  /** Main was interrupted while the command ran, and posts the state of a canceled job itself. */
  wasInterrupted: flag(!1),
  ...STEP_FIELDS,
  /** GitHub's payload, for the outputs of a later `finish`. Not saved for post, which has no outputs. */
  payload: json_text
}, newStartRecord = (known) => ({ ...parseFields(FIELDS, {}), ...known });
function parseStartRecord(value) {
  if (!(!isJsonObject(value) || get(value, "v") !== 1 || !isUsable(value)))
    return parseFields(FIELDS, value);
}
const serializeStartRecord = (record) => JSON.stringify({ v: 1, ...record });
function isUsable(value) {
  const isRepository = /^[\w-]{1,100}\/[\w.-]{1,100}$/.test(getText(value, "repository")), isPhase = PHASES.some((phase) => phase === get(value, "phase")), key = getText(value, "key"), isKey = /^[0-9a-f-]{36}$/.test(key), isKnown = getId(value, "id") !== void 0 || get(value, "dryRun") === !0, canBeFound = ["creating", "nothing"].includes(getText(value, "phase")) && isKey;
  return isRepository && isPhase && (isKey || key === "") && (isKnown || canBeFound);
}
//! src/deployment/finish-record.ts
const PENDING_FIELDS = {
  id,
  environment: json_text,
  task: json_text,
  transient: flag(!1),
  state: choice(FINAL_STATES, "error"),
  reason: json_text,
  description: json_text,
  environmentUrl: json_text,
  logUrl: json_text,
  autoInactive: choice(AUTO_INACTIVE, "false"),
  /** The newest status that this job knew before. */
  newerThan: id
}, POSTED_FIELDS = { id, ...FINAL_FIELDS }, MAX_ITEMS = 20, serializeFinishRecord = ({ pending, posted, ...record }) => JSON.stringify({
  v: 1,
  mode: "finish",
  ...record,
  pending: pending.slice(0, MAX_ITEMS).map((one) => parseFields(PENDING_FIELDS, one)),
  posted: posted.slice(0, MAX_ITEMS).map((one) => parseFields(POSTED_FIELDS, one))
});
function parseFinishRecord(value) {
  const repository = getText(value, "repository");
  if (!(getText(value, "mode") !== "finish" || repository === ""))
    return {
      repository,
      timeoutMs: getId(value, "timeoutMs") ?? 12e4,
      pending: itemsOf(value, "pending").map((item) => parseFields(PENDING_FIELDS, item)),
      posted: itemsOf(value, "posted").map((item) => parseFields(POSTED_FIELDS, item))
    };
}
function itemsOf(value, name) {
  const items = get(value, name);
  return Array.isArray(items) ? items.filter((item) => isJsonObject(item) && getId(item, "id") !== void 0) : [];
}
//! src/finalize/final-status.ts
async function postOutcome(deps, request2, outcome) {
  const text = description(outcome.reason, request2.description), status = await postState(deps, request2, outcome.state, text);
  return toFinalizeResult(request2, outcome.state, status.id, text, 0);
}
const newestOf = (record) => Math.max(record?.statusId ?? 0, record?.finalStatusId ?? 0), postState = ({ deployments }, request2, state, text, newerThan = newestOf(request2.target.record)) => deployments.setStatus(request2.target.id, {
  state,
  description: text,
  logUrl: request2.logUrl,
  environmentUrl: request2.environmentUrl,
  autoInactive: state === "success" && ["true", "all"].includes(request2.autoInactive)
}, { newerThan, onFailure: request2.onFailure }), toFinalizeResult = (request2, state, statusId, text, deactivated) => ({
  target: request2.target,
  state,
  statusId,
  environmentUrl: request2.environmentUrl,
  logUrl: request2.logUrl,
  description: text,
  userDescription: request2.description,
  deactivated
}), NOTHING_SENT = "Dry run: nothing was sent.", LOOK_UPS_MS = 15e3, lookUpsBefore = (clock) => openLookUps(clock.now() + LOOK_UPS_MS), lookUpsAfter = () => openLookUps(1 / 0);
function openLookUps(until) {
  const failed = [];
  return {
    failed,
    async ask(question, read) {
      try {
        return await read(until);
      } catch (error2) {
        if (!(error2 instanceof ActionError))
          throw error2;
        failed.push({ question, error: error2 });
        return;
      }
    }
  };
}
//! src/finalize/supersede.ts
const NEWER_SUCCESS = "a newer deployment of the environment has succeeded", LAG_MS = 7e3;
function isInScope(request2, other) {
  const { target, autoInactive } = request2, isSameTask = autoInactive === "all" || other.task === target.task;
  return other.id !== target.id && sameName(other.environment, target.environment) && isSameTask;
}
async function newerSuccess(deps, request2, until = 1 / 0) {
  const { id: id2, environment } = request2.target;
  if (id2 !== 0)
    for await (const page of deps.deployments.list([environment], request2.onFailure, until)) {
      const found = page.find((other) => isNewer(request2, other) && other.state === "success");
      if (found || page.some((other) => other.id <= id2))
        return found;
    }
}
const isNewer = (request2, other) => request2.target.id > 0 && other.id > request2.target.id && isInScope(request2, other) && !isReplaced(request2.target.record, other);
function isReplaced(record, other) {
  if (!record?.wasFinal)
    return !1;
  const { newestKnownId, startedAt: startedAt2 } = record;
  return newestKnownId > 0 ? other.id <= newestKnownId : Date.parse(other.createdAt) < startedAt2;
}
function jobOf({ run }, { origin, record }) {
  return record ? JSON.stringify([run.runId, run.runAttempt, run.job, record.checkRunId || null]) : jobOfOrigin(origin);
}
function jobOfOrigin(origin) {
  if (!origin?.runId)
    return "";
  const { runId, runAttempt, job, checkRunId } = origin;
  return JSON.stringify([runId, runAttempt, job, checkRunId ?? null]);
}
async function yieldTo(deps, request2, newer) {
  const job = jobOf(deps, request2.target), isSameJob = job !== "" && job === jobOfOrigin(newer.origin), text = isSameJob ? `Deployment ${request2.target.id} of "${request2.target.environment}" becomes inactive: the newer deployment ${newer.id} of this job has succeeded.` : `Deployment ${request2.target.id} ended after the newer deployment ${newer.id} of "${request2.target.environment}" had succeeded, so it becomes inactive. The environment may run the older commit. To prevent this, set \`concurrency\` in the workflow.`;
  return isSameJob ? deps.log.info(text) : deps.log.warning(text, "superseded"), postOutcome(deps, request2, { state: "inactive", reason: `Superseded by ${newer.id}` });
}
async function supersede(deps, request2, success, lookUps) {
  const { id: id2, environment } = request2.target, earlier = [];
  let newer, isRacing = !1;
  if (await lookUps.ask(`${NEWER_SUCCESS}, or earlier ones are still shown as active`, async () => {
    for await (const page of deps.deployments.list([environment])) {
      const active = page.filter((other) => other.state === "success" && isInScope(request2, other));
      if (newer = active.find((other) => isNewer(request2, other)), newer)
        break;
      isRacing ||= page.some((other) => isNewer(request2, other) && !isFinal(other.state)), earlier.push(...active.map(toDeactivationTarget));
    }
  }), newer)
    return yieldTo(deps, request2, newer);
  const reason = id2 === 0 ? "Superseded" : `Superseded by ${id2}`, marked = await markInactive(deps.deployments, earlier, reason, request2.logUrl), failures = [...marked.failures, ...marked.gone];
  return failures.length > 0 && deps.log.warning(`Deployment ${id2} succeeded, but earlier ones of "${environment}" may still be shown as active (${failures.length} could not be made inactive): ${messageOf(failures[0])}`, "earlier"), isRacing && (await deps.deployments.pause(LAG_MS), newer = await lookUps.ask(NEWER_SUCCESS, (until) => newerSuccess(deps, { ...request2, onFailure: "" }, until)), newer) ? yieldTo(deps, request2, newer) : { ...success, deactivated: marked.done.length };
}
async function markInactive(deployments, targets, description2, logUrl2) {
  const done = [], failures = [], gone = [], statusOf = (one) => inactiveStatus(one, description2, logUrl2);
  for await (const written2 of deployments.setStatuses(targets, statusOf, describeOpen))
    for (const { item, error: error2, isGone } of written2)
      error2 ? (isGone ? gone : failures).push(error2) : done.push(item);
  return { done, failures, gone };
}
//! src/finalize/finalize.ts
const DEACTIVATED = "it was made inactive while the job ran", FINISHED_BY_OTHERS = "something else gave it a final state";
async function finalize(deps, request2, before = lookUpsBefore(deps.clock)) {
  const { target, outcome } = request2, deactivation = target.transient && await before.ask(DEACTIVATED, (until) => deactivationOf(deps, request2, until));
  if (deactivation)
    return keepInactive(deps, request2, deactivation);
  const other = await before.ask(FINISHED_BY_OTHERS, (until) => finalStateOfOthers(deps, request2, until));
  if (other)
    return keepStateOfOthers(deps, request2, other);
  const isReplacing = outcome.state === "success" && ["all", "task"].includes(request2.autoInactive), scope = { ...request2, onFailure: "" }, newer = isReplacing && await before.ask(NEWER_SUCCESS, (until) => newerSuccess(deps, scope, until));
  if (newer)
    return yieldTo(deps, request2, newer);
  const posted = await postOutcome(deps, request2, outcome), after = lookUpsAfter(), late = before.failed.some(({ question }) => question === DEACTIVATED) && await after.ask(DEACTIVATED, (until) => deactivationOf(deps, request2, until)), result = late ? await keepInactive(deps, request2, late) : isReplacing ? await supersede(deps, request2, posted, after) : posted, isAskedOnce = (question) => question !== DEACTIVATED && question !== NEWER_SUCCESS;
  return warnAboutUnknown(deps, request2, [...before.failed.filter(({ question }) => isAskedOnce(question)), ...after.failed]), result;
}
function warnAboutUnknown({ log }, { target }, failed) {
  const [first] = failed;
  if (!first)
    return;
  const unknown2 = failed.map(({ question }) => `whether ${question}`).join(", and ");
  log.warning(`The final state of deployment ${target.id} of "${target.environment}" was posted, but it is not known ${unknown2}. ${reasonOf(first.error)}`, "notChecked");
}
function keepInactive(deps, request2, deactivation) {
  const { id: id2, environment } = request2.target;
  return deps.log.warning(`Deployment ${id2} of "${environment}" was made inactive while the job ran, so it stays inactive. Its pull request may be closed.`, "changed"), deactivation === "shown" ? toFinalizeResult(request2, "inactive", 0, "", 0) : postOutcome(deps, request2, { state: "inactive", reason: "Deactivated while the job ran" });
}
function keepStateOfOthers({ log }, request2, { id: id2, state, description: description2, environmentUrl, logUrl: logUrl2 }) {
  const { target } = request2;
  return log.warning(`Deployment ${target.id} of "${target.environment}" became \`${state}\` while this job ran, and keeps that state. \`success\` does not replace a final state that something else posted to a reused deployment.`, "changed"), { ...toFinalizeResult(request2, state, id2, description2, 0), environmentUrl, logUrl: logUrl2 };
}
async function finalStateOfOthers({ deployments }, { target: { id: id2, record }, outcome }, until) {
  if (!record?.isReused || record.dryRun || outcome.state !== "success")
    return;
  const newest = await deployments.latestStatus(id2, "", until), own = Math.max(record.statusId, record.reusedAtStatusId, record.finalStatusId);
  if (!(!newest || newest.id <= own || !isFinal(newest.state)))
    return { ...newest, state: newest.state };
}
async function deactivationOf({ deployments }, { target: { id: id2, record } }, until) {
  const statuses = await deployments.statuses(id2, "", until), [newest] = statuses;
  return (record ? statuses.filter((one) => one.id > record.reusedAtStatusId) : [newest]).some((one) => one?.state === "inactive") ? newest?.state === "inactive" && newest.id > (record?.statusId ?? 0) ? "shown" : "hidden" : void 0;
}
//! src/finish/selection.ts
const finalizeOnly = (targets) => ({
  kind: "finalize",
  targets,
  superseded: []
}), onFailure = (target) => describeOpen(target, target.record?.autoFinish ? "the post step of its `start` finishes it" : manualRemedy(target.id)), matchesInputs = (inputs, one) => (inputs.environments.length === 0 || matchesAny(inputs.environments, one.environment)) && (inputs.task === "" || one.task === inputs.task), sharesScope = (one, other) => sameName(one.environment, other.environment) && one.task === other.task, attemptOf = ({ origin }) => origin?.runAttempt ?? 1;
function newestAttempt(targets) {
  const newest = Math.max(...targets.map(attemptOf));
  return targets.filter((one) => attemptOf(one) === newest);
}
const isOfRun = ({ runId }, { origin }) => runId !== void 0 && origin?.runId === runId, isOpen = ({ state }) => !isFinal(state), isFiltered = ({ environments, task }) => environments.length > 0 || task !== "", currentOf = (inputs, targets) => isFiltered(inputs) ? targets.filter((one) => newestAttempt(targets.filter((other) => sharesScope(one, other))).includes(one)) : newestAttempt(targets);
function newestOfEachScope(targets) {
  const newestFirst = [...targets].sort((one, other) => other.id - one.id);
  return newestFirst.filter((one, index) => !newestFirst.slice(0, index).some((newer) => sharesScope(one, newer)));
}
const describeAll = (targets) => targets.map((one) => `"${one.environment}" (task ${one.task}, deployment ${one.id})`).join(", "), MAX_AGE_MS = 960 * 36e5;
async function* listRecent(deps, environments) {
  const oldest = deps.clock.now() - MAX_AGE_MS, wanted = environments.flatMap((name) => [name, ...commaParts(name)]), names = wanted.some(isGlob) ? [] : wanted;
  for await (const page of deps.deployments.list(names, error_context_NOTHING_CHANGED)) {
    const young = page.filter((one) => Date.parse(one.createdAt) >= oldest);
    if (yield young, young.length < page.length)
      return;
  }
}
//! src/finish/requests.ts
function outcomeFor(inputs, target) {
  const { record } = target;
  if (record?.hasCommand && record.exitCode !== void 0)
    return outcomeOfCommand(record.exitCode);
  const cancelledState = canceledState(inputs.cancelledState ?? record?.cancelledState, target.transient), outcome = outcomeOf({
    results: inputs.results,
    jobStatus: statusWithin(inputs.jobStatus, inputs.actionStatus),
    cancelledState
  });
  return record && !record.hasEnded && (record.phase !== "started" || record.hasCommand) ? outcomeOfInterruptedStart(outcome, cancelledState) : outcome;
}
function finalizeRequestFor(run, inputs, target) {
  const { record } = target;
  return {
    target,
    outcome: outcomeFor(inputs, target),
    description: inputs.description || target.description || record?.description || "",
    environmentUrl: inputs.environmentUrl || target.environmentUrl,
    logUrl: inputs.logUrl || target.logUrl || record?.logUrl || logUrl(run, inputs.checkRunId),
    autoInactive: inputs.autoInactive ?? record?.autoInactive ?? defaultAutoInactive(target, inputs.task),
    onFailure: onFailure(target)
  };
}
async function selectFinal(deps, inputs, targets, until = 1 / 0) {
  const open = targets.filter((target) => !isFinal(target.state));
  if (open.length > 0)
    return finalizeOnly(open);
  if (inputs.results.length === 0)
    return { kind: "final", targets, notice: "" };
  const corrected = [], notices = [];
  for (const target of targets) {
    const { state } = outcomeFor(inputs, target);
    if (state === target.state)
      continue;
    const reason = await whyItStays(deps, inputs, target, state, until);
    reason === "" ? corrected.push(target) : notices.push(`Deployment ${target.id} stays \`${target.state}\`: ${reason}`);
  }
  return corrected.length > 0 ? finalizeOnly(corrected) : { kind: "final", targets, notice: notices.join(`
`) };
}
async function whyItStays(deps, inputs, target, state, until) {
  if (target.state === "inactive")
    return "an inactive deployment is not activated again.";
  if (state !== "success")
    return "";
  const isSameAttempt = deps.run.runAttempt === requests_attemptOf(deps, target);
  if (inputs.deploymentId === void 0 && isSameAttempt)
    return "a failure is corrected to `success` only with `deployment-id`.";
  const newer = await newerSuccess(deps, { target, autoInactive: "task", onFailure: error_context_NOTHING_CHANGED }, until);
  return newer ? `the newer deployment ${newer.id} has succeeded.` : "";
}
function requests_attemptOf({ run }, { origin, record }) {
  return record ? run.runAttempt : origin?.runId === run.runId ? origin?.runAttempt ?? 1 : void 0;
}
async function finalizeAll(deps, inputs, requests) {
  const done = [], failures = [];
  savePending(deps, inputs, requests);
  for (const request2 of [...requests].sort((one, other) => one.target.id - other.target.id))
    try {
      const result = await finalize(deps, request2);
      inputs.dryRun || deps.log.info(resultLines(deps.run, result, inputs.repository)), done.unshift(result);
    } catch (error2) {
      if (!(error2 instanceof ActionError))
        throw error2;
      const { record } = request2.target;
      record && await isDeleted(deps, record, error2) ? (deps.log.notice(describeDeleted(record)), deps.journal.update(record.id, { phase: "nothing" })) : failures.push(error2);
    }
  return savePosted(deps, inputs, done), { done, failures };
}
function savePending(deps, inputs, requests) {
  if (inputs.dryRun)
    return;
  const { repository, timeoutMs } = inputs, pending = requests.flatMap(({ target, outcome, ...request2 }) => {
    const { state, reason } = outcome;
    return isFinal(state) ? [{ ...target, ...request2, state, reason, newerThan: newestOf(target.record) }] : [];
  });
  deps.saveFinish({ repository, timeoutMs, pending, posted: [] });
  for (const { id: id2 } of pending)
    deps.journal.update(id2, { isFinishing: !0 });
}
function savePosted(deps, inputs, done) {
  if (inputs.dryRun)
    return;
  const { repository, timeoutMs } = inputs, finishHadState = inputs.results.length > 0, all = done.map((result) => {
    const finishHadUrl = inputs.environmentUrl !== "" || result.target.record?.finishHadUrl === !0;
    return { id: result.target.id, ...finalFields(result), finishHadUrl, finishHadState };
  }), posted = all.filter(({ finished }) => finished !== void 0);
  deps.saveFinish({ repository, timeoutMs, pending: [], posted });
  for (const one of all)
    deps.journal.update(one.id, one);
}
const external_node_crypto_namespaceObject = /* @__PURE__ */ lateModule("node:crypto");
//! src/runner/journal.ts
const MAX_RECORD_BYTES = 256 * 1024, MAX_FILES = 5e3;
function openJournal(run, { seal, checkRunId, redact }) {
  const job = [run.runId ?? 0, run.runAttempt, encodeURIComponent(run.job), checkRunId ?? 0], folder = (0, external_node_path_namespaceObject.join)(run.tempFolder, "deploy-status-action", job.join("-")), read = (name) => {
    const text = readRegularFile((0, external_node_path_namespaceObject.join)(folder, name), MAX_RECORD_BYTES), record = text === void 0 ? void 0 : parseStartRecord(seal.open(text, name));
    return record && fileOf(record.key) === name ? record : void 0;
  }, put = (record) => {
    if (run.tempFolder === "")
      return;
    const name = fileOf(record.key);
    try {
      makeFolders(folder);
      const sealed = seal.close(redact(serializeStartRecord(record)), name);
      (0, external_node_fs_namespaceObject.rmSync)((0, external_node_path_namespaceObject.join)(folder, `${name}.new`), { force: !0, recursive: !0 }), (0, external_node_fs_namespaceObject.writeFileSync)((0, external_node_path_namespaceObject.join)(folder, `${name}.new`), sealed, { mode: 384, flag: "wx" }), (0, external_node_fs_namespaceObject.renameSync)((0, external_node_path_namespaceObject.join)(folder, `${name}.new`), (0, external_node_path_namespaceObject.join)(folder, name));
    } catch {
    }
  }, all = () => namesIn(folder).map(read).filter((record) => record !== void 0).sort((one, other) => one.startedAt - other.startedAt || one.id - other.id);
  return {
    put,
    all,
    // The key is checked, because it becomes a file name.
    get: (key) => /^[0-9a-f-]{36}$/.test(key) ? read(fileOf(key)) : void 0,
    update(id2, change) {
      for (const record of all())
        record.id === id2 && put({ ...record, ...change });
    }
  };
}
const fileOf = (key) => `${key}.json`;
function namesIn(folder) {
  try {
    return (0, external_node_fs_namespaceObject.readdirSync)(folder).filter((name) => /^[0-9a-f-]{36}\.json$/.test(name)).slice(0, MAX_FILES);
  } catch {
    return [];
  }
}
function isAtWork({ hasEnded, pid, phase }) {
  if (hasEnded || pid === 0 || phase === "nothing")
    return !1;
  try {
    return process.kill(pid, 0);
  } catch (error2) {
    return error2 instanceof Error && "code" in error2 && error2.code === "EPERM";
  }
}
const STATE_PLACE = "state";
function createSeal(token, run, checkRunId) {
  const job = [run.repository, run.runId, run.runAttempt, run.job, checkRunId ?? 0], markOf = (json, place) => (0, external_node_crypto_namespaceObject.createHmac)("sha256", token).update(JSON.stringify([...job, place, json])).digest("hex");
  return {
    close: (json, place) => JSON.stringify({ json, mac: markOf(json, place) }),
    open(text, place) {
      const sealed = parseJson(text), json = getText(sealed, "json"), [given, wanted] = [getText(sealed, "mac"), markOf(json, place)];
      return token !== "" && given.length === wanted.length && (0, external_node_crypto_namespaceObject.timingSafeEqual)(Buffer.from(given), Buffer.from(wanted)) ? parseJson(json) : void 0;
    }
  };
}
//! src/github/error-messages.ts
function error_messages_explain(failure, { operation, repository, isRead, onFailure: onFailure2 = "" }) {
  const request2 = failure.requestId === "" ? "" : ` (request id ${failure.requestId})`, sentence = `Could not ${operation} in ${repository}: ${describeAnswer(failure)}${request2}.`, failed = failure.advice === "" ? sentence : `${sentence}
${failure.advice}`, isNotDone = isRead || classify(failure, 0).kind !== "unknown", exists2 = typeof onFailure2 == "string" ? onFailure2 : onFailure2(isNotDone, failure.status === 404);
  return new RequestError({ failed, exists: exists2, ...adviseOn(failure, operation) }, failure);
}
function describeAnswer(failure) {
  if (failure.status === 0)
    return failure.message;
  const words = failure.isFinal || getText(failure.data, "message") !== "" ? `"${failure.message}"` : `with ${failure.message}`;
  return `GitHub answered ${failure.status} ${words}`;
}
function permissionsBlock(more = {}) {
  const all = { contents: "read", deployments: "write", ...more };
  return ["permissions:", ...Object.entries(all).map(([name, access2]) => `  ${name}: ${access2}`)].join(`
`);
}
function adviseOn(failure, operation) {
  const { status } = failure, text = failure.message.toLowerCase(), { kind } = classify(failure, 0), isOutage = kind === "unknown";
  if (status === 0)
    return { section: failure.isFinal ? "token" : isOutage ? "outage" : "connection", next: noAnswerHelp(failure) };
  if (kind === "retryable")
    return { section: "rateLimit", next: "Run the job again later, or set `timeout` to more seconds than GitHub asks to wait." };
  switch (status) {
    case 200:
      return text.includes("resource not accessible") ? { section: "permissions", next: permissionHelp(failure) } : { section: isOutage ? "outage" : "unexpected", next: SUPPORT_HELP };
    case 202:
      return {
        section: "autoMerge",
        next: "GitHub merged the default branch into the ref instead of creating a deployment. Run the workflow again for this branch, or remove `auto-merge`."
      };
    case 401:
      return {
        section: "token",
        next: "The token is invalid, expired, or revoked. To use GITHUB_TOKEN, remove `token`."
      };
    case 403:
      return operation.startsWith("delete the environment") ? { section: "deleteEnvironment", next: ENVIRONMENT_HELP } : { section: "permissions", next: permissionHelp(failure) };
    case 404:
      return {
        section: "notFound",
        next: "The repository or the deployment does not exist, or the token cannot see it. Check `repository` and `deployment-id`. The token needs `deployments: write` for the repository."
      };
    case 409:
      return isAboutChecks(failure) ? {
        section: "checks",
        next: "Checks in `required-contexts` are not successful. Wait for them, or remove the input."
      } : {
        section: "autoMerge",
        next: "GitHub could not merge the default branch into the ref. Merge it yourself, or remove `auto-merge`."
      };
    case 422:
      return text.includes("no ref found") ? {
        section: "ref",
        next: "Push the ref first, or set `ref` to one that exists in this repository. The SHA of a commit works for forks too."
      } : {
        section: "rejected",
        next: "GitHub does not accept a value. Correct the one that its message names, and run the job again."
      };
    default: {
      const isServer = status >= 500 || status < 300;
      return { section: isOutage ? "outage" : "unexpected", next: isServer ? "Check https://www.githubstatus.com and the proxy, if there is one. Run the job again later." : SUPPORT_HELP };
    }
  }
}
const SUPPORT_HELP = "Run the job again. If this happens again, contact GitHub Support with the request id.";
function noAnswerHelp(failure) {
  return failure.cause instanceof ActionError ? "The repository may have moved to another server, or a proxy answered instead of GitHub. Check the address of the server." : failure.isFinal ? "The inputs `token` and `fallback-token` are empty in this step. In a composite action inside a composite action, use this action in the outer one or in the job." : /CERT|SELF_SIGNED|ERR_TLS|UNABLE_TO_VERIFY/.test(failure.code) ? "Set NODE_EXTRA_CA_CERTS on the runner to the file with the certificate authority of the server or proxy." : failure.cause instanceof ConnectionError && failure.cause.proxy ? `The variable ${failure.cause.proxy.variable} names this proxy. Correct it, or list the host in "no_proxy".` : "Check https://www.githubstatus.com, and whether this runner can reach the API.";
}
const ENVIRONMENT_HELP = 'Deleting an environment needs the permission "Administration: write", which GITHUB_TOKEN cannot have. Set `token` to the token of a GitHub App or a person that has it.', GRANTABLE = /^(actions|contents|deployments)=(read|write)$/;
function permissionHelp(failure) {
  if (!/not accessible/i.test(failure.message))
    return "GitHub names the reason in its message. It can be a setting of the repository or the organization.";
  const [needed = ""] = failure.acceptedPermissions.split(";"), named = needed.replaceAll("=", ": ").trim();
  if (failure.message.includes("personal access token"))
    return `Give the token the permission ${named || "deployments: write"} for this repository. A classic token needs the scope \`repo_deployment\`.`;
  const more = needed.split(",").map((part) => GRANTABLE.exec(part.trim())).flatMap((part) => part?.[1] && part[2] ? [[part[1], part[2]]] : []);
  return `${named === "" ? "" : `The token needs ${named}. `}Set these permissions for the job:
${permissionsBlock(Object.fromEntries(more))}
A called workflow can have no more permissions than its caller, and the token of a GitHub App no more than its installation.`;
}
function isAboutChecks(failure) {
  const errors = get(failure.data, "errors");
  return Array.isArray(errors) && errors.some((error2) => Array.isArray(get(error2, "contexts"))) || failure.message.includes("status checks");
}
//! src/finish/cleanup.ts
const isCleanupRun = ({ event }) => event.name === "schedule" || event.workflowRun?.isCompleted === !0;
async function findLeftOpen(deps, inputs, listed) {
  const lookup = createRunLookup(deps), deleted = [], requests = [], failures = /* @__PURE__ */ new Set();
  for (const one of listed.filter((each) => !isFinal(each.state) && matchesInputs(inputs, each))) {
    const runs = runsOf(deps.run, one);
    if (!(!runs || !isOfInterest(deps.run, runs)))
      try {
        const request2 = await requestFor(deps, inputs, one, { runs, lookup });
        request2 === "deleted" ? deleted.push(one) : request2 && requests.push(request2);
      } catch (error2) {
        if (!(error2 instanceof ActionError))
          throw error2;
        failures.add(error2);
      }
  }
  return deleted.length > 0 && deps.log.notice(`${RUN_DELETED}: ${describeAll(deleted)}.`), { kind: "cleanUp", requests, failures: [...failures] };
}
const RUN_DELETED = "Left alone, because the run was deleted. To finish such a deployment, set `deployment-id` and `state`";
function runsOf(run, one) {
  const { origin } = one;
  if (origin?.runId === void 0)
    return;
  const reportedBy = parseLogUrl(run, one.logUrl)?.runId;
  if (!(reportedBy === void 0 && one.logUrl !== "" && origin.autoFinish === !1))
    return { origin, runId: origin.runId, reportedBy };
}
function isOfInterest(run, { origin, runId, reportedBy }) {
  const triggering = run.event.workflowRun;
  return triggering ? runId === triggering.id || reportedBy === triggering.id : reportedBy !== void 0 && reportedBy !== runId && reportedBy === run.runId ? !1 : runId !== run.runId || (origin.runAttempt ?? 1) < run.runAttempt;
}
async function requestFor(deps, inputs, one, { runs, lookup }) {
  const outcome = await outcomeFrom(inputs, runs, lookup);
  if (!outcome || outcome === "deleted")
    return outcome;
  const status = await deps.deployments.latestStatus(one.id, error_context_NOTHING_CHANGED);
  if (status && isFinal(status.state))
    return;
  const { origin, runId } = runs, ofOrigin = { ...deps.run, runId, runAttempt: origin.runAttempt ?? 1 }, target = { ...targetFromListed(one, deps.run, inputs.repository), createdAt: "" };
  return {
    target,
    outcome,
    description: inputs.description || (outcome === RUN_WITHOUT_RESULT ? "" : ENDED_EARLY),
    environmentUrl: inputs.environmentUrl || status?.environmentUrl || one.environmentUrl,
    logUrl: inputs.logUrl || status?.logUrl || one.logUrl || logUrl(ofOrigin, origin.checkRunId),
    autoInactive: "false",
    onFailure: onFailure(target)
  };
}
async function outcomeFrom(inputs, { origin, runId, reportedBy }, lookup) {
  const isHere = reportedBy !== void 0, creator = await lookup({ runId, attempt: origin.runAttempt ?? 1, isHere }), reporter = creator && (isHere && reportedBy !== runId) ? await lookup({ runId: reportedBy, attempt: void 0, isHere }) : creator;
  if (!creator || !reporter)
    return;
  if (creator === "deleted" || reporter === "deleted")
    return "deleted";
  const cancelled = canceledState(inputs.cancelledState, origin.transient === !0);
  return outcomeOfRun(reporter.conclusion, origin.autoFinish, cancelled);
}
const RUNS_HIDDEN = `GitHub answers 404 for the workflow's own run too, so the token cannot read runs. Set these permissions for the job:
${permissionsBlock({ actions: "read" })}`;
function createRunLookup(deps) {
  const found = /* @__PURE__ */ new Map(), { event, runId: ownId = 0 } = deps.run;
  let ownRun;
  const rejectIfNotReadable = (left) => (ownRun ??= deps.runs.attempt(ownId, void 0, left).catch((error2) => {
    throw !(error2 instanceof RequestError) || failureOf(error2)?.status !== 404 ? error2 : new RequestError({ ...error2.parts, next: RUNS_HIDDEN, section: "cleanup" }, error2.cause);
  }), ownRun), lookup = async ({ runId, attempt, isHere }) => {
    const triggering = event.workflowRun;
    if (triggering?.isCompleted === !0 && triggering.id === runId && (attempt ?? triggering.attempt) === triggering.attempt)
      return triggering;
    const place = isHere ? deps.runs : deps.deployments, left = `The deployments that run ${runId} left open were not changed.`;
    try {
      const { isOver, conclusion } = await place.attempt(runId, attempt, left);
      return isOver ? { conclusion } : void 0;
    } catch (error2) {
      if (failureOf(error2)?.status !== 404)
        throw error2;
      return await rejectIfNotReadable(left), "deleted";
    }
  };
  return (run) => {
    const isHere = run.isHere || deps.runs === deps.deployments, key = JSON.stringify({ ...run, isHere }), looked = found.get(key) ?? lookup({ ...run, isHere });
    return found.set(key, looked), looked;
  };
}
//! src/finish/reruns.ts
function correctedFrom(inputs, offered, current) {
  if (inputs.environmentUrl !== "")
    return [];
  const attempt = Math.max(...current.map(attemptOf));
  return newestOfEachScope(currentOf(inputs, offered)).filter((one) => !isOpen(one) && attemptOf(one) < attempt && isMeant(inputs, one, current) && outcomeFor(inputs, one).state === "success" && !current.some((other) => sharesScope(one, other)));
}
const isMeant = ({ results }, { origin }, others) => results.length > 1 || others.some((other) => other.origin?.job === origin?.job);
async function withEarlierJobs(deps, inputs, offered, selection) {
  if (selection.kind !== "finalize")
    return selection;
  const earlier = correctedFrom(inputs, offered, selection.targets);
  if (earlier.length === 0)
    return selection;
  const { ask, failed } = lookUpsBefore(deps.clock), corrected = await ask(NEWER_SUCCESS, (until) => selectFinal(deps, inputs, earlier, until));
  for (const { question, error: error2 } of failed)
    deps.log.warning(`It is not known whether ${question}, so these keep their state: ${describeAll(earlier)}. ${reasonOf(error2)}`, "notChecked");
  return corrected?.kind === "finalize" ? { ...selection, targets: [...selection.targets, ...corrected.targets] } : selection;
}
//! src/finish/run-deployments.ts
async function selectFromRun(deps, inputs, pages) {
  const made = [];
  for await (const page of pages) {
    const ofRun = page.filter((one) => isOfRun(deps.run, one));
    made.push(...ofRun.map((one) => toTarget(deps, inputs, one)));
  }
  const matching = made.filter((one) => matchesInputs(inputs, one)), { checkRunId } = inputs, ofJob = checkRunId === void 0 ? [] : matching.filter((one) => isOfJob(one, deps.run, checkRunId)), openOfJob = ofJob.filter(isOpen);
  if (openOfJob.length > 0)
    return finalizeOnly(openOfJob);
  const offered = matching.filter((one) => one.origin?.autoFinish === !1);
  if (offered.some(isOpen))
    return withEarlierJobs(deps, inputs, offered, selectOpen(inputs, offered.filter(isOpen)));
  const isOfJobOnly = isSkipped(inputs) && !isFiltered(inputs);
  if (isOfJobOnly && ofJob.length === 0)
    return { kind: "none", notice: nothingStarted(inputs.results) };
  const ended = offered.length > 0 && !isOfJobOnly ? offered : ofJob, latest = newestAttempt(ended), final = newestOfEachScope([...latest, ...correctedFrom(inputs, ended, latest)]);
  return final.length > 0 ? (rejectSeveralScopes(inputs, final), selectFinal(deps, inputs, final)) : matching.length > 0 ? finishedByTheirJob(inputs, newestOfEachScope(newestAttempt(matching))) : (warnAboutCommas(deps.log, inputs.environments, made), explainNothing(deps, inputs, made));
}
function toTarget(deps, inputs, listed) {
  const target = targetFromListed(listed, deps.run, inputs.repository), key = listed.origin?.key, record = key ? deps.journal.get(key) : void 0;
  return record ? { ...target, record: { ...record, id: target.id } } : target;
}
function selectOpen(inputs, open) {
  if (inputs.results.length === 0)
    throw new InputError(STATE_NEEDED, "several");
  const latest = newestAttempt(open), newest = currentOf(inputs, open).filter((one) => latest.includes(one) || isMeant(inputs, one, latest)), twins = newest.filter((one) => newest.some((other) => other !== one && sharesScope(one, other)));
  if (twins.length > 0)
    throw new InputError(`environment: this run has several unfinished deployments of the same environment and task: ${describeAll(twins)}. Give each \`start\` its own \`task\`, or finish each one by \`deployment-id\`. Nothing was changed.`, "several");
  rejectSeveralScopes(inputs, newest);
  const superseded = open.filter((one) => !newest.includes(one)).flatMap((target) => {
    const by = newest.find((other) => sharesScope(target, other));
    return by ? [{ target, by: by.id }] : [];
  });
  return { kind: "finalize", targets: newest, superseded };
}
const isSkipped = ({ results }) => results.length > 0 && results.every((result) => result === "skipped"), nothingStarted = (results) => `Nothing to finish: no deployment was started, and the result is \`${results.join(", ")}\`.`;
function rejectSeveralScopes(inputs, found) {
  if (!(isFiltered(inputs) || found.length <= 1))
    throw new InputError(`environment: this run has several deployments: ${describeAll(found)}. Select one with \`environment\` or \`task\`, or all with \`environment: "*"\`. Nothing was changed.`, "several");
}
function finishedByTheirJob(inputs, targets) {
  const isAsGiven = targets.every((target) => outcomeFor(inputs, target).state === target.state);
  if (inputs.results.length > 0 && isAsGiven)
    return { kind: "final", targets, notice: "" };
  throw new InputError(`Found no deployment to finish. The job that started ${describeAll(targets)} finishes it itself. To finish it here, set \`auto-finish: false\` on that \`start\`, or name it with \`deployment-id\`. Nothing was changed.`, "nothingToFinish");
}
const STATE_NEEDED = "state: this job started no deployment, so its own status is not the result of a deploy. Set the result of the deploy job: `state: ${{ needs.deploy.result }}`, or `state: ${{ join(needs.*.result) }}` for several jobs.", MAX_PAGES = 10;
async function explainNothing(deps, inputs, made) {
  const records = deps.journal.all(), here = records.filter((one) => sameName(one.repository, inputs.repository)), others = made.length > 0 ? made : await othersOfRun(deps, inputs);
  if (others.length > 0)
    throw new InputError(`environment: none of this run's deployments matches "environment" and "task". The run has ${describeAll(others)}. Nothing was changed.`, "nothingToFinish");
  const elsewhere = records.find((one) => one.id > 0 && !sameName(one.repository, inputs.repository));
  if (elsewhere && here.length === 0)
    throw new InputError(`repository: the \`start\` of this job recorded deployment ${elsewhere.id} in ${elsewhere.repository}, not in ${inputs.repository}. Give \`repository: ${elsewhere.repository}\` and its \`token\` here too.`, "nothingToFinish");
  const quiet = quietReason(deps, inputs, here.length > 0);
  if (quiet !== "")
    return { kind: "none", notice: quiet };
  const results = inputs.results.length > 0 ? inputs.results : [statusWithin(inputs.jobStatus, inputs.actionStatus)];
  if (deps.run.event.workflowRun?.isCompleted === !0 || results.every((result) => result === "success"))
    throw nothingFound(inputs);
  return { kind: "none", notice: nothingStarted(results) };
}
function quietReason({ run }, inputs, hasRecords) {
  return hasRecords ? "Nothing to finish: the `start` of this job created no deployment." : isClosed(run) ? "Nothing to finish: the pull request is closed or the ref was deleted, so nothing was deployed." : inputs.dryRun ? "Nothing to finish in a dry run: no deployment was created." : isRestrictedRun(run) ? "Nothing to finish: this run's token is read-only, so no deployment was created." : "";
}
const isClosed = ({ event }) => event.pullRequest?.isClosed === !0 || event.deletedRef !== "";
async function othersOfRun(deps, inputs) {
  if (inputs.environments.length === 0)
    return [];
  const found = [];
  let pages = 0;
  for await (const page of listRecent(deps, []))
    if (found.push(...page.filter((one) => isOfRun(deps.run, one))), pages += 1, pages === MAX_PAGES)
      break;
  return found;
}
const nothingFound = (inputs) => new ActionError(`Found no deployment to finish in ${inputs.repository}: this run has none. A \`start\` in this job must run before this step. A \`start\` in another job needs \`auto-finish: false\`, and this step then needs \`state\`, such as \`state: \${{ needs.deploy.result }}\`. For any other deployment, set \`deployment-id\`.`, { section: "nothingToFinish" });
//! src/finish/select.ts
async function selectDeployments(deps, inputs) {
  const { run } = deps;
  if (inputs.deploymentId !== void 0)
    return selectById(deps, inputs, inputs.deploymentId);
  const records = deps.journal.all().filter((record) => sameName(record.repository, inputs.repository) && !record.dryRun);
  rejectIfAtWork(records, inputs);
  const matching = latestOfEach(records.filter(isMade)).filter((record) => matchesInputs(inputs, record)), open = matching.filter((record) => record.finished === void 0);
  if (open.length > 0)
    return finalizeOnly(open.map(targetFromRecord));
  const ofEvent = deploymentOfEvent(run, inputs.repository, ""), isReused = matching.some((record) => record.id === ofEvent?.id);
  return ofEvent && !isReused && matchesInputs(inputs, ofEvent) ? selectById(deps, inputs, ofEvent.id) : matching.length > 0 ? selectFinal(deps, inputs, matching.map(targetFromRecord)) : isCleanupRun(run) && inputs.results.length === 0 && records.length === 0 ? selectForCleanup(deps, inputs) : selectFromRun(deps, inputs, listRecent(deps, inputs.environments));
}
async function selectForCleanup(deps, inputs) {
  const ours = [];
  for await (const page of listRecent(deps, inputs.environments))
    ours.push(...page.filter((one) => one.origin !== void 0));
  return ours.some((one) => isOfRun(deps.run, one)) ? selectFromRun(deps, inputs, [ours]) : (ours.some((one) => matchesInputs(inputs, one)) || warnAboutCommas(deps.log, inputs.environments, ours), findLeftOpen(deps, inputs, ours));
}
function rejectIfAtWork(records, inputs) {
  const atWork = records.find((record) => isAtWork(record) && matchesInputs(inputs, record));
  if (atWork)
    throw new ActionError(`A \`start\` step of this job has not finished yet (environment "${atWork.environment}"). Add a \`wait\` step for it before this step.`, { section: "background" });
}
const isMade = (record) => record.id > 0 && record.phase !== "nothing", latestOfEach = (records) => [
  ...new Map(records.map((record) => [record.id, record])).values()
];
async function selectById(deps, inputs, id2) {
  const record = deps.journal.all().findLast((known) => known.id === id2 && !known.dryRun);
  if (record && record.finished === void 0 && matchesInputs(inputs, record))
    return rejectIfAtWork([record], inputs), finalizeOnly([targetFromRecord(record)]);
  const [deployment, status] = await Promise.all([
    deps.deployments.get(id2, error_context_NOTHING_CHANGED),
    deps.deployments.latestStatus(id2, error_context_NOTHING_CHANGED)
  ]);
  if (!matchesInputs(inputs, deployment))
    throw new InputError(`deployment-id: deployment ${id2} has the environment "${deployment.environment}" and the task "${deployment.task}", which "environment" and "task" do not match. Nothing was changed.`);
  if (record && status && record.finalStatusId === status.id)
    return selectFinal(deps, inputs, [targetFromRecord(record)]);
  const target = targetFromDeployment(deployment, status);
  return selectFinal(deps, inputs, [record ? { ...target, record } : target]);
}
//! src/finish/finish.ts
async function finish(deps, inputs) {
  const selection = await selectDeployments(deps, inputs);
  switch (selection.kind) {
    case "finalize": {
      const { targets, superseded } = selection;
      checkInputs(deps, inputs, targets);
      const requests = targets.map((target) => finalizeRequestFor(deps.run, inputs, target));
      return postAll(deps, inputs, { requests, superseded, unread: [] });
    }
    case "cleanUp": {
      const { requests, failures } = selection;
      return requests.length + failures.length === 0 && deps.log.info("No deployment was cleaned up."), postAll(deps, inputs, { requests, superseded: [], unread: failures });
    }
    case "final":
      return logFinal(deps, inputs, selection);
    case "none":
      return deps.log.notice(selection.notice), {};
  }
}
function checkInputs({ log }, inputs, targets) {
  if (inputs.environmentUrl !== "" && targets.length > 1)
    throw new InputError(`environment-url: one URL cannot apply to ${targets.length} deployments. Set it on each \`start\`, or select one deployment with \`environment\`.`, "several");
  warnAboutCommand(log, inputs, targets);
}
function warnAboutCommand(log, { results }, targets) {
  results.length > 0 && targets.some(({ record }) => record?.exitCode !== void 0) && log.warning(STATE_IGNORED, "inputs");
}
async function postAll(deps, inputs, work) {
  const { requests, superseded, unread } = work, { done, failures } = await finalizeAll(deps, inputs, requests);
  for (const result of done)
    await finish_recordArtifacts(deps, inputs, result);
  const replaced = failures.length === 0 && done.every(({ state }) => state === "success") ? await deactivateSuperseded(deps, inputs, superseded) : [];
  requests.length > 1 && !inputs.dryRun && deps.log.info(`Finished ${done.length} of ${requests.length} deployments.`), deps.publish(outputsOf(deps.run, inputs, done, replaced));
  const facts2 = { now: deps.clock.now(), isDryRun: inputs.dryRun, repository: inputs.repository };
  return {
    summary: joinSummaries(done.map((one) => finalizedSummary(deps.run, one, facts2))),
    error: firstOf([...unread, ...failures], requests.length + unread.length)
  };
}
async function finish_recordArtifacts(deps, inputs, { state, target }) {
  const text = inputs.artifacts || target.record?.artifacts || "";
  state !== "success" || !isComplete(text) || (await recordDeployed(deps, text, target), deps.journal.update(target.id, { areArtifactsRecorded: !0 }));
}
async function deactivateSuperseded(deps, inputs, superseded) {
  const done = [];
  for (const { target, by } of superseded) {
    const request2 = {
      ...finalizeRequestFor(deps.run, inputs, target),
      outcome: { state: "inactive", reason: `Superseded by ${by}` },
      onFailure: describeOpen(target, manualRemedy(target.id))
    };
    done.push(await finalize(deps, request2)), deps.log.info(`Deployment ${target.id} of ${target.environment} is inactive: superseded by ${by}`);
  }
  return done;
}
function logFinal(deps, inputs, { targets, notice: notice2 }) {
  const all = targets.map((one) => `deployment ${one.id} of ${one.environment} is ${one.state}`);
  warnAboutCommand(deps.log, inputs, targets), notice2 !== "" && deps.log.notice(notice2), deps.log.info(`Nothing to finish: ${all.join(", ")}`);
  const final = [...targets].sort((one, other) => other.id - one.id).map((target) => ({ ...target, target, statusId: target.record?.finalStatusId ?? 0 }));
  return deps.publish(outputsOf(deps.run, inputs, final, [])), {};
}
function firstOf(failures, all) {
  const [first] = failures;
  if (all === 1 || !first)
    return first;
  const isSame = failures.length === all && failures.every(({ section }) => section === first.section), message = `${failures.length} of ${all} deployments could not be finished. ${messageOf(first)}`;
  return new ActionError(message, { section: isSame ? first.section : "several", cause: first.cause });
}
function outputsOf(run, { repository }, done, replaced) {
  const [newest] = done;
  if (!newest)
    return {};
  const all = [...done, ...replaced].map(({ target: target2, state }) => ({ ...target2, state })), { target } = newest, { previousId = 0, previousSha = "" } = target.record ?? {};
  return {
    "deployment-id": idText(target.id),
    "deployment-url": target.url,
    ref: target.ref,
    sha: target.sha,
    task: target.task,
    payload: target.record?.payload === "" ? "" : payloadText(target.payload),
    "status-id": idText(newest.statusId),
    state: newest.state,
    "environment-url": newest.environmentUrl,
    "log-url": newest.logUrl,
    environment: [...new Set(done.map((one) => one.target.environment))].join(`
`),
    ...all.length > 1 && { deployments: deploymentsOutput(all) },
    ...previousSha !== "" && {
      "previous-deployment-id": idText(previousId),
      "previous-sha": previousSha,
      "compare-url": compareUrl(run, repository, previousSha, target.sha)
    }
  };
}
//! src/github/event-path.ts
const event_path_path = process.env.GITHUB_EVENT_PATH;
delete process.env.GITHUB_EVENT_PATH;
function showEventPath() {
  event_path_path !== void 0 && (process.env.GITHUB_EVENT_PATH = event_path_path);
}
const external_fs_namespaceObject = /* @__PURE__ */ lateModule("fs"), external_os_namespaceObject = /* @__PURE__ */ lateModule("os");
//! node_modules/@actions/github/lib/context.js
class Context {
  /**
   * Hydrate the context from the environment
   */
  constructor() {
    var _a, _b, _c;
    if (this.payload = {}, process.env.GITHUB_EVENT_PATH)
      if ((0, external_fs_namespaceObject.existsSync)(process.env.GITHUB_EVENT_PATH))
        this.payload = JSON.parse((0, external_fs_namespaceObject.readFileSync)(process.env.GITHUB_EVENT_PATH, { encoding: "utf8" }));
      else {
        const path2 = process.env.GITHUB_EVENT_PATH;
        process.stdout.write(`GITHUB_EVENT_PATH ${path2} does not exist${external_os_namespaceObject.EOL}`);
      }
    this.eventName = process.env.GITHUB_EVENT_NAME, this.sha = process.env.GITHUB_SHA, this.ref = process.env.GITHUB_REF, this.workflow = process.env.GITHUB_WORKFLOW, this.action = process.env.GITHUB_ACTION, this.actor = process.env.GITHUB_ACTOR, this.job = process.env.GITHUB_JOB, this.runAttempt = parseInt(process.env.GITHUB_RUN_ATTEMPT, 10), this.runNumber = parseInt(process.env.GITHUB_RUN_NUMBER, 10), this.runId = parseInt(process.env.GITHUB_RUN_ID, 10), this.apiUrl = (_a = process.env.GITHUB_API_URL) !== null && _a !== void 0 ? _a : "https://api.github.com", this.serverUrl = (_b = process.env.GITHUB_SERVER_URL) !== null && _b !== void 0 ? _b : "https://github.com", this.graphqlUrl = (_c = process.env.GITHUB_GRAPHQL_URL) !== null && _c !== void 0 ? _c : "https://api.github.com/graphql";
  }
  get issue() {
    const payload = this.payload;
    return Object.assign(Object.assign({}, this.repo), { number: (payload.issue || payload.pull_request || payload).number });
  }
  get repo() {
    if (process.env.GITHUB_REPOSITORY) {
      const [owner, repo] = process.env.GITHUB_REPOSITORY.split("/");
      return { owner, repo };
    }
    if (this.payload.repository)
      return {
        owner: this.payload.repository.owner.login,
        repo: this.payload.repository.name
      };
    throw new Error("context.repo requires a GITHUB_REPOSITORY environment variable like 'owner/repo'");
  }
}
//! build/stubs/http-client/index.js
function refuse() {
  throw new Error(
    '@actions/http-client is not part of this action: requests go by src/github/transport.ts. A dependency uses it now; see "Where the time goes" in docs/design.md.'
  );
}
class http_client_HttpClient {
  /** `@actions/github` asks for them when it is loaded, for a `fetch` that is never called. */
  getAgent() {
  }
  getAgentDispatcher() {
  }
  request = refuse;
  getJson = refuse;
}
//! build/stubs/undici/index.js
function undici_refuse() {
  throw new Error(
    'undici is not part of this action: requests go by src/github/transport.ts. A dependency uses it now; see "Where the time goes" in docs/design.md.'
  );
}
const fetch = undici_refuse;
//! node_modules/@actions/github/lib/internal/utils.js
var __awaiter = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve) {
      resolve(value);
    });
  }
  return new (P || (P = Promise))(function(resolve, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator.throw(value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
function getAuthString(token, options) {
  if (!token && !options.auth)
    throw new Error("Parameter token or opts.auth is required");
  if (token && options.auth)
    throw new Error("Parameters token and opts.auth may not both be specified");
  return typeof options.auth == "string" ? options.auth : `token ${token}`;
}
function getProxyAgent(destinationUrl) {
  return new http_client_HttpClient().getAgent(destinationUrl);
}
function getProxyAgentDispatcher(destinationUrl) {
  return new http_client_HttpClient().getAgentDispatcher(destinationUrl);
}
function getProxyFetch(destinationUrl) {
  const httpDispatcher = getProxyAgentDispatcher(destinationUrl);
  return (url2, opts) => __awaiter(this, void 0, void 0, function* () {
    return fetch(url2, Object.assign(Object.assign({}, opts), { dispatcher: httpDispatcher }));
  });
}
function getApiBaseUrl() {
  return process.env.GITHUB_API_URL || "https://api.github.com";
}
function getUserAgentWithOrchestrationId(baseUserAgent) {
  var _a;
  const orchId = (_a = process.env.ACTIONS_ORCHESTRATION_ID) === null || _a === void 0 ? void 0 : _a.trim();
  if (orchId) {
    const tag = `actions_orchestration_id/${orchId.replace(/[^a-z0-9_.-]/gi, "_")}`;
    return baseUserAgent?.includes(tag) ? baseUserAgent : `${baseUserAgent ? `${baseUserAgent} ` : ""}${tag}`;
  }
  return baseUserAgent;
}
//! node_modules/universal-user-agent/index.js
function getUserAgent() {
  return typeof navigator == "object" && "userAgent" in navigator ? navigator.userAgent : typeof process == "object" && process.version !== void 0 ? `Node.js/${process.version.substr(1)} (${process.platform}; ${process.arch})` : "<environment undetectable>";
}
//! node_modules/before-after-hook/lib/register.js
function register(state, name, method, options) {
  if (typeof method != "function")
    throw new Error("method for before hook must be a function");
  return options || (options = {}), Array.isArray(name) ? name.reverse().reduce((callback, name2) => register.bind(null, state, name2, callback, options), method)() : Promise.resolve().then(() => state.registry[name] ? state.registry[name].reduce((method2, registered) => registered.hook.bind(null, method2, options), method)() : method(options));
}
//! node_modules/before-after-hook/lib/add.js
function addHook(state, kind, name, hook2) {
  const orig = hook2;
  state.registry[name] || (state.registry[name] = []), kind === "before" && (hook2 = (method, options) => Promise.resolve().then(orig.bind(null, options)).then(method.bind(null, options))), kind === "after" && (hook2 = (method, options) => {
    let result;
    return Promise.resolve().then(method.bind(null, options)).then((result_) => (result = result_, orig(result, options))).then(() => result);
  }), kind === "error" && (hook2 = (method, options) => Promise.resolve().then(method.bind(null, options)).catch((error2) => orig(error2, options))), state.registry[name].push({
    hook: hook2,
    orig
  });
}
//! node_modules/before-after-hook/lib/remove.js
function removeHook(state, name, method) {
  if (!state.registry[name])
    return;
  const index = state.registry[name].map((registered) => registered.orig).indexOf(method);
  index !== -1 && state.registry[name].splice(index, 1);
}
//! node_modules/before-after-hook/index.js
const bind = Function.bind, bindable = bind.bind(bind);
function bindApi(hook2, state, name) {
  const removeHookRef = bindable(removeHook, null).apply(
    null,
    name ? [state, name] : [state]
  );
  hook2.api = { remove: removeHookRef }, hook2.remove = removeHookRef, ["before", "error", "after", "wrap"].forEach((kind) => {
    const args = name ? [state, kind, name] : [state, kind];
    hook2[kind] = hook2.api[kind] = bindable(addHook, null).apply(null, args);
  });
}
function Singular() {
  const singularHookName = /* @__PURE__ */ Symbol("Singular"), singularHookState = {
    registry: {}
  }, singularHook = register.bind(null, singularHookState, singularHookName);
  return bindApi(singularHook, singularHookState, singularHookName), singularHook;
}
function Collection() {
  const state = {
    registry: {}
  }, hook2 = register.bind(null, state);
  return bindApi(hook2, state), hook2;
}
const before_after_hook = { Singular, Collection };
//! node_modules/@octokit/endpoint/dist-bundle/index.js
var VERSION = "0.0.0-development", userAgent = `octokit-endpoint.js/${VERSION} ${getUserAgent()}`, DEFAULTS = {
  method: "GET",
  baseUrl: "https://api.github.com",
  headers: {
    accept: "application/vnd.github.v3+json",
    "user-agent": userAgent
  },
  mediaType: {
    format: ""
  }
};
function lowercaseKeys(object) {
  return object ? Object.keys(object).reduce((newObj, key) => (newObj[key.toLowerCase()] = object[key], newObj), {}) : {};
}
function isPlainObject(value) {
  if (typeof value != "object" || value === null || Object.prototype.toString.call(value) !== "[object Object]") return !1;
  const proto = Object.getPrototypeOf(value);
  if (proto === null) return !0;
  const Ctor = Object.prototype.hasOwnProperty.call(proto, "constructor") && proto.constructor;
  return typeof Ctor == "function" && Ctor instanceof Ctor && Function.prototype.call(Ctor) === Function.prototype.call(value);
}
function mergeDeep(defaults2, options) {
  const result = Object.assign({}, defaults2);
  return Object.keys(options).forEach((key) => {
    isPlainObject(options[key]) ? key in defaults2 ? result[key] = mergeDeep(defaults2[key], options[key]) : Object.assign(result, { [key]: options[key] }) : Object.assign(result, { [key]: options[key] });
  }), result;
}
function removeUndefinedProperties(obj) {
  for (const key in obj)
    obj[key] === void 0 && delete obj[key];
  return obj;
}
function merge(defaults2, route, options) {
  if (typeof route == "string") {
    let [method, url2] = route.split(" ");
    options = Object.assign(url2 ? { method, url: url2 } : { url: method }, options);
  } else
    options = Object.assign({}, route);
  options.headers = lowercaseKeys(options.headers), removeUndefinedProperties(options), removeUndefinedProperties(options.headers);
  const mergedOptions = mergeDeep(defaults2 || {}, options);
  return options.url === "/graphql" && (defaults2 && defaults2.mediaType.previews?.length && (mergedOptions.mediaType.previews = defaults2.mediaType.previews.filter(
    (preview) => !mergedOptions.mediaType.previews.includes(preview)
  ).concat(mergedOptions.mediaType.previews)), mergedOptions.mediaType.previews = (mergedOptions.mediaType.previews || []).map((preview) => preview.replace(/-preview/, ""))), mergedOptions;
}
function addQueryParameters(url2, parameters) {
  const separator = /\?/.test(url2) ? "&" : "?", names = Object.keys(parameters);
  return names.length === 0 ? url2 : url2 + separator + names.map((name) => name === "q" ? "q=" + parameters.q.split("+").map(encodeURIComponent).join("+") : `${name}=${encodeURIComponent(parameters[name])}`).join("&");
}
var urlVariableRegex = /\{[^{}}]+\}/g;
function removeNonChars(variableName) {
  return variableName.replace(/(?:^\W+)|(?:(?<!\W)\W+$)/g, "").split(/,/);
}
function extractUrlVariableNames(url2) {
  const matches2 = url2.match(urlVariableRegex);
  return matches2 ? matches2.map(removeNonChars).reduce((a, b) => a.concat(b), []) : [];
}
function omit(object, keysToOmit) {
  const result = { __proto__: null };
  for (const key of Object.keys(object))
    keysToOmit.indexOf(key) === -1 && (result[key] = object[key]);
  return result;
}
function encodeReserved(str) {
  return str.split(/(%[0-9A-Fa-f]{2})/g).map(function(part) {
    return /%[0-9A-Fa-f]/.test(part) || (part = encodeURI(part).replace(/%5B/g, "[").replace(/%5D/g, "]")), part;
  }).join("");
}
function encodeUnreserved(str) {
  return encodeURIComponent(str).replace(/[!'()*]/g, function(c) {
    return "%" + c.charCodeAt(0).toString(16).toUpperCase();
  });
}
function encodeValue(operator, value, key) {
  return value = operator === "+" || operator === "#" ? encodeReserved(value) : encodeUnreserved(value), key ? encodeUnreserved(key) + "=" + value : value;
}
function isDefined(value) {
  return value != null;
}
function isKeyOperator(operator) {
  return operator === ";" || operator === "&" || operator === "?";
}
function getValues(context2, operator, key, modifier) {
  var value = context2[key], result = [];
  if (isDefined(value) && value !== "")
    if (typeof value == "string" || typeof value == "number" || typeof value == "bigint" || typeof value == "boolean")
      value = value.toString(), modifier && modifier !== "*" && (value = value.substring(0, parseInt(modifier, 10))), result.push(
        encodeValue(operator, value, isKeyOperator(operator) ? key : "")
      );
    else if (modifier === "*")
      Array.isArray(value) ? value.filter(isDefined).forEach(function(value2) {
        result.push(
          encodeValue(operator, value2, isKeyOperator(operator) ? key : "")
        );
      }) : Object.keys(value).forEach(function(k) {
        isDefined(value[k]) && result.push(encodeValue(operator, value[k], k));
      });
    else {
      const tmp = [];
      Array.isArray(value) ? value.filter(isDefined).forEach(function(value2) {
        tmp.push(encodeValue(operator, value2));
      }) : Object.keys(value).forEach(function(k) {
        isDefined(value[k]) && (tmp.push(encodeUnreserved(k)), tmp.push(encodeValue(operator, value[k].toString())));
      }), isKeyOperator(operator) ? result.push(encodeUnreserved(key) + "=" + tmp.join(",")) : tmp.length !== 0 && result.push(tmp.join(","));
    }
  else
    operator === ";" ? isDefined(value) && result.push(encodeUnreserved(key)) : value === "" && (operator === "&" || operator === "?") ? result.push(encodeUnreserved(key) + "=") : value === "" && result.push("");
  return result;
}
function dist_bundle_parseUrl(template) {
  return {
    expand: expand.bind(null, template)
  };
}
function expand(template, context2) {
  var operators = ["+", "#", ".", "/", ";", "?", "&"];
  return template = template.replace(
    /\{([^\{\}]+)\}|([^\{\}]+)/g,
    function(_, expression, literal) {
      if (expression) {
        let operator = "";
        const values = [];
        if (operators.indexOf(expression.charAt(0)) !== -1 && (operator = expression.charAt(0), expression = expression.substr(1)), expression.split(/,/g).forEach(function(variable) {
          var tmp = /([^:\*]*)(?::(\d+)|(\*))?/.exec(variable);
          values.push(getValues(context2, operator, tmp[1], tmp[2] || tmp[3]));
        }), operator && operator !== "+") {
          var separator = ",";
          return operator === "?" ? separator = "&" : operator !== "#" && (separator = operator), (values.length !== 0 ? operator : "") + values.join(separator);
        } else
          return values.join(",");
      } else
        return encodeReserved(literal);
    }
  ), template === "/" ? template : template.replace(/\/$/, "");
}
function parse(options) {
  let method = options.method.toUpperCase(), url2 = (options.url || "/").replace(/:([a-z]\w+)/g, "{$1}"), headers = Object.assign({}, options.headers), body, parameters = omit(options, [
    "method",
    "baseUrl",
    "url",
    "headers",
    "request",
    "mediaType"
  ]);
  const urlVariableNames = extractUrlVariableNames(url2);
  url2 = dist_bundle_parseUrl(url2).expand(parameters), /^http/.test(url2) || (url2 = options.baseUrl + url2);
  const omittedParameters = Object.keys(options).filter((option) => urlVariableNames.includes(option)).concat("baseUrl"), remainingParameters = omit(parameters, omittedParameters);
  if (!/application\/octet-stream/i.test(headers.accept) && (options.mediaType.format && (headers.accept = headers.accept.split(/,/).map(
    (format) => format.replace(
      /application\/vnd(\.\w+)(\.v3)?(\.\w+)?(\+json)?$/,
      `application/vnd$1$2.${options.mediaType.format}`
    )
  ).join(",")), url2.endsWith("/graphql") && options.mediaType.previews?.length)) {
    const previewsFromAcceptHeader = headers.accept.match(/(?<![\w-])[\w-]+(?=-preview)/g) || [];
    headers.accept = previewsFromAcceptHeader.concat(options.mediaType.previews).map((preview) => {
      const format = options.mediaType.format ? `.${options.mediaType.format}` : "+json";
      return `application/vnd.github.${preview}-preview${format}`;
    }).join(",");
  }
  return ["GET", "HEAD"].includes(method) ? url2 = addQueryParameters(url2, remainingParameters) : "data" in remainingParameters ? body = remainingParameters.data : Object.keys(remainingParameters).length && (body = remainingParameters), !headers["content-type"] && typeof body < "u" && (headers["content-type"] = "application/json; charset=utf-8"), ["PATCH", "PUT"].includes(method) && typeof body > "u" && (body = ""), Object.assign(
    { method, url: url2, headers },
    typeof body < "u" ? { body } : null,
    options.request ? { request: options.request } : null
  );
}
function endpointWithDefaults(defaults2, route, options) {
  return parse(merge(defaults2, route, options));
}
function withDefaults(oldDefaults, newDefaults) {
  const DEFAULTS2 = merge(oldDefaults, newDefaults), endpoint2 = endpointWithDefaults.bind(null, DEFAULTS2);
  return Object.assign(endpoint2, {
    DEFAULTS: DEFAULTS2,
    defaults: withDefaults.bind(null, DEFAULTS2),
    merge: merge.bind(null, DEFAULTS2),
    parse
  });
}
var endpoint = withDefaults(null, DEFAULTS), dist = __nccwpck_require__(919);
//! node_modules/json-with-bigint/json-with-bigint.js
const intRegex = /^-?\d+$/, noiseValue = /^-?\d+n+$/, originalStringify = JSON.stringify, originalParse = JSON.parse, customFormat = /^-?\d+n$/, bigIntsStringify = /([\[:])?"(-?\d+)n"($|\s*[,\}\]])/g, noiseStringify = /([\[:])?("-?\d+n+)n("$|"\s*[,\}\]])/g, isUnstringifiable = (val) => val === void 0 || typeof val == "function" || typeof val == "symbol", isRawJSON = (val) => val !== null && typeof val == "object" && val.constructor && val.constructor.name === "RawJSON", stringifyIteratively = (rootValue, replacer, spaceParam) => {
  let space = "";
  typeof spaceParam == "number" ? space = " ".repeat(Math.min(10, Math.max(0, Math.floor(spaceParam)))) : typeof spaceParam == "string" && (space = spaceParam.slice(0, 10));
  const isFunctionReplacer = typeof replacer == "function", propertyList = Array.isArray(replacer) ? new Set(replacer.map(String)) : null, prepareVal = (parent, key, val) => (val !== null && typeof val == "object" && typeof val.toJSON == "function" && (val = val.toJSON(key)), typeof val == "string" && noiseValue.test(val) ? val + "n" : typeof val == "bigint" ? "rawJSON" in JSON ? JSON.rawJSON(val.toString()) : val.toString() + "n" : (isFunctionReplacer && (val = replacer.call(parent, key, val)), val !== null && typeof val == "object" && (val instanceof Number || val instanceof String || val instanceof Boolean) && (val = val.valueOf()), val)), rootProcessed = prepareVal({ "": rootValue }, "", rootValue);
  if (isUnstringifiable(rootProcessed))
    return;
  const isRootPrimitive = rootProcessed === null || typeof rootProcessed != "object", isRootNativeRawJSON = isRawJSON(rootProcessed);
  if (isRootPrimitive || isRootNativeRawJSON)
    return originalStringify(rootProcessed);
  const chunks = [];
  let level = 0;
  const stack = [
    {
      parent: { "": rootProcessed },
      key: "",
      val: rootProcessed,
      isArray: Array.isArray(rootProcessed),
      keys: Array.isArray(rootProcessed) ? null : Object.keys(rootProcessed),
      index: 0,
      first: !0
    }
  ], visited = new WeakSet([rootProcessed]);
  for (; stack.length > 0; ) {
    const node = stack[stack.length - 1];
    node.index === 0 && (chunks.push(node.isArray ? "[" : "{"), level++);
    let isDone = !1;
    if (node.isArray)
      if (node.index < node.val.length) {
        node.first || chunks.push(","), space && chunks.push(`
` + space.repeat(level));
        const childRaw = node.val[node.index], childVal = prepareVal(node.val, String(node.index), childRaw);
        if (isUnstringifiable(childVal))
          chunks.push("null"), node.first = !1, node.index++;
        else {
          const isComplexObject = childVal !== null && typeof childVal == "object", isNativeRaw = isRawJSON(childVal);
          if (isComplexObject && !isNativeRaw) {
            if (visited.has(childVal))
              throw new TypeError("Converting circular structure to JSON");
            visited.add(childVal), stack.push({
              parent: node.val,
              key: String(node.index),
              val: childVal,
              isArray: Array.isArray(childVal),
              keys: Array.isArray(childVal) ? null : Object.keys(childVal),
              index: 0,
              first: !0
            }), node.first = !1, node.index++;
          } else
            chunks.push(originalStringify(childVal)), node.first = !1, node.index++;
        }
      } else
        isDone = !0;
    else {
      for (; node.index < node.keys.length; ) {
        const k = node.keys[node.index++];
        if (propertyList && !propertyList.has(k)) continue;
        const childRaw = node.val[k], childVal = prepareVal(node.val, k, childRaw);
        if (isUnstringifiable(childVal)) continue;
        node.first || chunks.push(","), space ? chunks.push(`
` + space.repeat(level) + originalStringify(k) + ": ") : chunks.push(originalStringify(k) + ":");
        const isComplexObject = childVal !== null && typeof childVal == "object", isNativeRaw = isRawJSON(childVal);
        if (isComplexObject && !isNativeRaw) {
          if (visited.has(childVal))
            throw new TypeError("Converting circular structure to JSON");
          visited.add(childVal), stack.push({
            parent: node.val,
            key: k,
            val: childVal,
            isArray: Array.isArray(childVal),
            keys: Array.isArray(childVal) ? null : Object.keys(childVal),
            index: 0,
            first: !0
          }), node.first = !1;
          break;
        } else
          chunks.push(originalStringify(childVal)), node.first = !1;
      }
      node.index >= node.keys.length && stack[stack.length - 1] === node && (isDone = !0);
    }
    isDone && (level--, !node.first && space && chunks.push(`
` + space.repeat(level)), chunks.push(node.isArray ? "]" : "}"), visited.delete(node.val), stack.pop());
  }
  return chunks.join("");
}, JSONStringify = (value, replacer, space) => {
  try {
    return "rawJSON" in JSON ? originalStringify(
      value,
      (key, val) => typeof val == "bigint" ? JSON.rawJSON(val.toString()) : typeof replacer == "function" ? replacer(key, val) : (Array.isArray(replacer) && replacer.includes(key), val),
      space
    ) : value ? originalStringify(
      value,
      (key, val) => typeof val == "string" && noiseValue.test(val) || typeof val == "bigint" ? val.toString() + "n" : typeof replacer == "function" ? replacer(key, val) : (Array.isArray(replacer) && replacer.includes(key), val),
      space
    ).replace(
      bigIntsStringify,
      "$1$2$3"
    ).replace(noiseStringify, "$1$2$3") : originalStringify(value, replacer, space);
  } catch (error2) {
    if (error2 instanceof RangeError) {
      const convertedJSON = stringifyIteratively(value, replacer, space);
      return convertedJSON === void 0 ? void 0 : "rawJSON" in JSON ? convertedJSON : convertedJSON.replace(bigIntsStringify, "$1$2$3").replace(noiseStringify, "$1$2$3");
    }
    throw error2;
  }
}, featureCache = /* @__PURE__ */ new Map(), isContextSourceSupported = () => {
  const parseFingerprint = JSON.parse.toString();
  if (featureCache.has(parseFingerprint))
    return featureCache.get(parseFingerprint);
  try {
    const result = JSON.parse(
      "1",
      (_, __, context2) => !!context2?.source && context2.source === "1"
    );
    return featureCache.set(parseFingerprint, result), result;
  } catch {
    return featureCache.set(parseFingerprint, !1), !1;
  }
}, convertMarkedBigIntsReviver = (key, value, context2, userReviver) => typeof value == "string" && customFormat.test(value) ? BigInt(value.slice(0, -1)) : typeof value == "string" && noiseValue.test(value) ? value.slice(0, -1) : typeof userReviver == "function" ? userReviver(key, value, context2) : value, JSONParseV2 = (text, reviver) => JSON.parse(text, (key, value, context2) => {
  const isNumber = typeof value == "number", isOutOfBounds = value > Number.MAX_SAFE_INTEGER || value < Number.MIN_SAFE_INTEGER, isBigNumber = isNumber && isOutOfBounds, isInt = context2 && intRegex.test(context2.source);
  return isBigNumber && isInt ? BigInt(context2.source) : typeof reviver == "function" ? reviver(key, value, context2) : value;
}), MAX_INT = Number.MAX_SAFE_INTEGER.toString(), MAX_DIGITS = MAX_INT.length, stringsOrLargeNumbers = /"(?:[^"\\]|\\.)*"|-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/g, noiseValueWithQuotes = /^"-?\d+n+"$/, applyReviverIteratively = (parsed2, userReviver) => {
  const rootHolder = { "": parsed2 }, stack = [{ parent: rootHolder, key: "", visited: !1 }];
  for (; stack.length > 0; ) {
    const node = stack[stack.length - 1];
    if (node.visited) {
      const { parent, key } = node;
      let value = parent[key];
      typeof value == "string" && (customFormat.test(value) ? value = BigInt(value.slice(0, -1)) : noiseValue.test(value) && (value = value.slice(0, -1))), typeof userReviver == "function" && (value = userReviver.call(parent, key, value)), value === void 0 ? delete parent[key] : parent[key] = value, stack.pop();
    } else {
      node.visited = !0;
      const value = node.parent[node.key];
      if (value !== null && typeof value == "object") {
        const keys = Object.keys(value);
        for (let i = keys.length - 1; i >= 0; i--)
          stack.push({ parent: value, key: keys[i], visited: !1 });
      }
    }
  }
  return rootHolder[""];
}, serializeBigInts = (text) => text.replace(
  stringsOrLargeNumbers,
  (match, digits, fractional, exponential) => {
    const isString = match[0] === '"';
    if (isString && noiseValueWithQuotes.test(match)) return match.substring(0, match.length - 1) + 'n"';
    const hasFractionalOrExponential = fractional || exponential, isLessThanMaxSafeInt = digits && (digits.length < MAX_DIGITS || digits.length === MAX_DIGITS && digits <= MAX_INT);
    return isString || hasFractionalOrExponential || isLessThanMaxSafeInt ? match : '"' + match + 'n"';
  }
), JSONParse = (text, reviver) => {
  if (!text) return originalParse(text, reviver);
  try {
    if (isContextSourceSupported()) return JSONParseV2(text, reviver);
    const serializedData = serializeBigInts(text);
    return originalParse(
      serializedData,
      (key, value, context2) => convertMarkedBigIntsReviver(key, value, context2, reviver)
    );
  } catch (error2) {
    if (error2 instanceof RangeError) {
      const serializedData = serializeBigInts(text), parsed2 = originalParse(serializedData);
      return applyReviverIteratively(parsed2, reviver);
    }
    throw error2;
  }
};
//! node_modules/@octokit/request-error/dist-src/index.js
class dist_src_RequestError extends Error {
  name;
  /**
   * http status code
   */
  status;
  /**
   * Request options that lead to the error.
   */
  request;
  /**
   * Response object if a response was received
   */
  response;
  constructor(message, statusCode, options) {
    super(message, { cause: options.cause }), this.name = "HttpError", this.status = Number.parseInt(statusCode), Number.isNaN(this.status) && (this.status = 0);
    /* v8 ignore else -- @preserve -- Bug with vitest coverage where it sees an else branch that doesn't exist */
    "response" in options && (this.response = options.response);
    const requestCopy = Object.assign({}, options.request);
    options.request.headers.authorization && (requestCopy.headers = Object.assign({}, options.request.headers, {
      authorization: options.request.headers.authorization.replace(
        /(?<! ) .*$/,
        " [REDACTED]"
      )
    })), requestCopy.url = requestCopy.url.replace(/\bclient_secret=\w+/g, "client_secret=[REDACTED]").replace(/\baccess_token=\w+/g, "access_token=[REDACTED]"), this.request = requestCopy;
  }
}
//! node_modules/@octokit/request/dist-bundle/index.js
var dist_bundle_VERSION = "10.0.16", defaults_default = {
  headers: {
    "user-agent": `octokit-request.js/${dist_bundle_VERSION} ${getUserAgent()}`
  }
};
function dist_bundle_isPlainObject(value) {
  if (typeof value != "object" || value === null || Object.prototype.toString.call(value) !== "[object Object]") return !1;
  const proto = Object.getPrototypeOf(value);
  if (proto === null) return !0;
  const Ctor = Object.prototype.hasOwnProperty.call(proto, "constructor") && proto.constructor;
  return typeof Ctor == "function" && Ctor instanceof Ctor && Function.prototype.call(Ctor) === Function.prototype.call(value);
}
var noop = () => "";
async function fetchWrapper(requestOptions) {
  const fetch2 = requestOptions.request?.fetch || globalThis.fetch;
  if (!fetch2)
    throw new Error(
      "fetch is not set. Please pass a fetch implementation as new Octokit({ request: { fetch }}). Learn more at https://github.com/octokit/octokit.js/#fetch-missing"
    );
  const log = requestOptions.request?.log || console, parseSuccessResponseBody = requestOptions.request?.parseSuccessResponseBody !== !1, body = dist_bundle_isPlainObject(requestOptions.body) || Array.isArray(requestOptions.body) ? JSONStringify(requestOptions.body) : requestOptions.body, requestHeaders = Object.fromEntries(
    Object.entries(requestOptions.headers).map(([name, value]) => [
      name,
      String(value)
    ])
  );
  let fetchResponse;
  try {
    fetchResponse = await fetch2(requestOptions.url, {
      method: requestOptions.method,
      body,
      redirect: requestOptions.request?.redirect,
      headers: requestHeaders,
      signal: requestOptions.request?.signal,
      // duplex must be set if request.body is ReadableStream or Async Iterables.
      // See https://fetch.spec.whatwg.org/#dom-requestinit-duplex.
      ...requestOptions.body && { duplex: "half" }
    });
  } catch (error2) {
    let message = "Unknown Error";
    if (error2 instanceof Error) {
      if (error2.name === "AbortError")
        throw error2.status = 500, error2;
      message = error2.message, error2.name === "TypeError" && "cause" in error2 && (error2.cause instanceof Error ? message = error2.cause.message : typeof error2.cause == "string" && (message = error2.cause));
    }
    const requestError = new dist_src_RequestError(message, 500, {
      request: requestOptions
    });
    throw requestError.cause = error2, requestError;
  }
  const status = fetchResponse.status, url2 = fetchResponse.url, responseHeaders = {};
  for (const [key, value] of fetchResponse.headers)
    responseHeaders[key] = value;
  const octokitResponse = {
    url: url2,
    status,
    headers: responseHeaders,
    data: ""
  };
  if ("deprecation" in responseHeaders) {
    const matches2 = responseHeaders.link && responseHeaders.link.match(/<([^<>]+)>; rel="deprecation"/), deprecationLink = matches2 && matches2.pop();
    log.warn(
      `[@octokit/request] "${requestOptions.method} ${requestOptions.url}" is deprecated. It is scheduled to be removed on ${responseHeaders.sunset}${deprecationLink ? `. See ${deprecationLink}` : ""}`
    );
  }
  if (status === 204 || status === 205)
    return octokitResponse;
  if (requestOptions.method === "HEAD") {
    if (status < 400)
      return octokitResponse;
    throw new dist_src_RequestError(fetchResponse.statusText, status, {
      response: octokitResponse,
      request: requestOptions
    });
  }
  if (status === 304)
    throw octokitResponse.data = await getResponseData(fetchResponse), new dist_src_RequestError("Not modified", status, {
      response: octokitResponse,
      request: requestOptions
    });
  if (status >= 400)
    throw octokitResponse.data = await getResponseData(fetchResponse), new dist_src_RequestError(toErrorMessage(octokitResponse.data), status, {
      response: octokitResponse,
      request: requestOptions
    });
  return octokitResponse.data = parseSuccessResponseBody ? await getResponseData(fetchResponse) : fetchResponse.body, octokitResponse;
}
async function getResponseData(response) {
  const contentType = response.headers.get("content-type");
  if (!contentType)
    return response.text().catch(noop);
  const mimetype = (0, dist.qg)(contentType);
  if (isJSONResponse(mimetype)) {
    let text = "";
    try {
      return text = await response.text(), JSONParse(text);
    } catch {
      return text;
    }
  } else return mimetype.type.startsWith("text/") || // `application/octet-stream` is the canonical "arbitrary binary" type
  // (RFC 2046) and must never be decoded as text, even when the response
  // carries a (misleading) `charset=utf-8` parameter — see #751.
  mimetype.parameters.charset?.toLowerCase() === "utf-8" && mimetype.type !== "application/octet-stream" ? response.text().catch(noop) : response.arrayBuffer().catch(
    /* v8 ignore next -- @preserve */
    () => new ArrayBuffer(0)
  );
}
function isJSONResponse(mimetype) {
  return mimetype.type === "application/json" || mimetype.type === "application/scim+json";
}
function toErrorMessage(data) {
  if (typeof data == "string")
    return data;
  if (data instanceof ArrayBuffer)
    return "Unknown error";
  if (typeof data == "object" && data !== null && "message" in data) {
    const objectData = data, suffix = "documentation_url" in objectData ? ` - ${objectData.documentation_url}` : "";
    return Array.isArray(objectData.errors) ? `${objectData.message}: ${objectData.errors.map((v) => JSON.stringify(v)).join(", ")}${suffix}` : `${objectData.message}${suffix}`;
  }
  return `Unknown error: ${JSON.stringify(data)}`;
}
function dist_bundle_withDefaults(oldEndpoint, newDefaults) {
  const endpoint2 = oldEndpoint.defaults(newDefaults);
  return Object.assign(function(route, parameters) {
    const endpointOptions = endpoint2.merge(route, parameters);
    if (!endpointOptions.request || !endpointOptions.request.hook)
      return fetchWrapper(endpoint2.parse(endpointOptions));
    const request2 = (route2, parameters2) => fetchWrapper(
      endpoint2.parse(endpoint2.merge(route2, parameters2))
    );
    return Object.assign(request2, {
      endpoint: endpoint2,
      defaults: dist_bundle_withDefaults.bind(null, endpoint2)
    }), endpointOptions.request.hook(request2, endpointOptions);
  }, {
    endpoint: endpoint2,
    defaults: dist_bundle_withDefaults.bind(null, endpoint2)
  });
}
var request = dist_bundle_withDefaults(endpoint, defaults_default);
/* v8 ignore next -- @preserve */
/* v8 ignore else -- @preserve */
//! node_modules/@octokit/graphql/dist-bundle/index.js
var graphql_dist_bundle_VERSION = "0.0.0-development";
function _buildMessageForResponseErrors(data) {
  return `Request failed due to following response errors:
` + data.errors.map((e) => ` - ${e.message}`).join(`
`);
}
var GraphqlResponseError = class extends Error {
  constructor(request2, headers, response) {
    super(_buildMessageForResponseErrors(response)), this.request = request2, this.headers = headers, this.response = response, this.errors = response.errors, this.data = response.data, Error.captureStackTrace && Error.captureStackTrace(this, this.constructor);
  }
  request;
  headers;
  response;
  name = "GraphqlResponseError";
  errors;
  data;
}, NON_VARIABLE_OPTIONS = [
  "method",
  "baseUrl",
  "url",
  "headers",
  "request",
  "query",
  "mediaType",
  "operationName"
], FORBIDDEN_VARIABLE_OPTIONS = ["query", "method", "url"], GHES_V3_SUFFIX_REGEX = /\/api\/v3\/?$/;
function graphql(request2, query, options) {
  if (options) {
    if (typeof query == "string" && "query" in options)
      return Promise.reject(
        new Error('[@octokit/graphql] "query" cannot be used as variable name')
      );
    for (const key in options)
      if (FORBIDDEN_VARIABLE_OPTIONS.includes(key))
        return Promise.reject(
          new Error(
            `[@octokit/graphql] "${key}" cannot be used as variable name`
          )
        );
  }
  const parsedOptions = typeof query == "string" ? Object.assign({ query }, options) : query, requestOptions = Object.keys(
    parsedOptions
  ).reduce((result, key) => NON_VARIABLE_OPTIONS.includes(key) ? (result[key] = parsedOptions[key], result) : (result.variables || (result.variables = {}), result.variables[key] = parsedOptions[key], result), {}), baseUrl2 = parsedOptions.baseUrl || request2.endpoint.DEFAULTS.baseUrl;
  return GHES_V3_SUFFIX_REGEX.test(baseUrl2) && (requestOptions.url = baseUrl2.replace(GHES_V3_SUFFIX_REGEX, "/api/graphql")), request2(requestOptions).then((response) => {
    if (response.data.errors) {
      const headers = {};
      for (const key of Object.keys(response.headers))
        headers[key] = response.headers[key];
      throw new GraphqlResponseError(
        requestOptions,
        headers,
        response.data
      );
    }
    return response.data.data;
  });
}
function graphql_dist_bundle_withDefaults(request2, newDefaults) {
  const newRequest = request2.defaults(newDefaults);
  return Object.assign((query, options) => graphql(newRequest, query, options), {
    defaults: graphql_dist_bundle_withDefaults.bind(null, newRequest),
    endpoint: newRequest.endpoint
  });
}
var graphql2 = graphql_dist_bundle_withDefaults(request, {
  headers: {
    "user-agent": `octokit-graphql.js/${graphql_dist_bundle_VERSION} ${getUserAgent()}`
  },
  method: "POST",
  url: "/graphql"
});
function withCustomRequest(customRequest) {
  return graphql_dist_bundle_withDefaults(customRequest, {
    method: "POST",
    url: "/graphql"
  });
}
/* v8 ignore if -- @preserve */
//! node_modules/@octokit/auth-token/dist-bundle/index.js
var b64url = "(?:[a-zA-Z0-9_-]+)", sep = "\\.", jwtRE = new RegExp(`^${b64url}${sep}${b64url}${sep}${b64url}$`), isJWT = jwtRE.test.bind(jwtRE);
async function auth(token) {
  const isApp = isJWT(token), isInstallation = token.startsWith("v1.") || token.startsWith("ghs_"), isUserToServer = token.startsWith("ghu_");
  return {
    type: "token",
    token,
    tokenType: isApp ? "app" : isInstallation ? "installation" : isUserToServer ? "user-to-server" : "oauth"
  };
}
function withAuthorizationPrefix(token) {
  return token.split(/\./).length === 3 ? `bearer ${token}` : `token ${token}`;
}
async function hook(token, request2, route, parameters) {
  const endpoint2 = request2.endpoint.merge(
    route,
    parameters
  );
  return endpoint2.headers.authorization = withAuthorizationPrefix(token), request2(endpoint2);
}
var createTokenAuth = function(token) {
  if (!token)
    throw new Error("[@octokit/auth-token] No token passed to createTokenAuth");
  if (typeof token != "string")
    throw new Error(
      "[@octokit/auth-token] Token passed to createTokenAuth is not a string"
    );
  return token = token.replace(/^(token|bearer) +/i, ""), Object.assign(auth.bind(null, token), {
    hook: hook.bind(null, token)
  });
};
//! node_modules/@octokit/core/dist-src/version.js
const version_VERSION = "7.0.8";
//! node_modules/@octokit/core/dist-src/index.js
const dist_src_noop = () => {
}, consoleWarn = console.warn.bind(console), consoleError = console.error.bind(console);
function createLogger(logger = {}) {
  return typeof logger.debug != "function" && (logger.debug = dist_src_noop), typeof logger.info != "function" && (logger.info = dist_src_noop), typeof logger.warn != "function" && (logger.warn = consoleWarn), typeof logger.error != "function" && (logger.error = consoleError), logger;
}
const userAgentTrail = `octokit-core.js/${version_VERSION} ${getUserAgent()}`;
class Octokit {
  static VERSION = version_VERSION;
  static defaults(defaults2) {
    return class extends this {
      constructor(...args) {
        const options = args[0] || {};
        if (typeof defaults2 == "function") {
          super(defaults2(options));
          return;
        }
        super(
          Object.assign(
            {},
            defaults2,
            options,
            options.userAgent && defaults2.userAgent ? {
              userAgent: `${options.userAgent} ${defaults2.userAgent}`
            } : null
          )
        );
      }
    };
  }
  static plugins = [];
  /**
   * Attach a plugin (or many) to your Octokit instance.
   *
   * @example
   * const API = Octokit.plugin(plugin1, plugin2, plugin3, ...)
   */
  static plugin(...newPlugins) {
    const currentPlugins = this.plugins;
    return class extends this {
      static plugins = currentPlugins.concat(
        newPlugins.filter((plugin) => !currentPlugins.includes(plugin))
      );
    };
  }
  constructor(options = {}) {
    const hook2 = new before_after_hook.Collection(), requestDefaults = {
      baseUrl: request.endpoint.DEFAULTS.baseUrl,
      headers: {},
      request: Object.assign({}, options.request, {
        // @ts-ignore internal usage only, no need to type
        hook: hook2.bind(null, "request")
      }),
      mediaType: {
        previews: [],
        format: ""
      }
    };
    if (requestDefaults.headers["user-agent"] = options.userAgent ? `${options.userAgent} ${userAgentTrail}` : userAgentTrail, options.baseUrl && (requestDefaults.baseUrl = options.baseUrl), options.previews && (requestDefaults.mediaType.previews = options.previews), options.timeZone && (requestDefaults.headers["time-zone"] = options.timeZone), this.request = request.defaults(requestDefaults), this.graphql = withCustomRequest(this.request).defaults(requestDefaults), this.log = createLogger(options.log), this.hook = hook2, options.authStrategy) {
      const { authStrategy, ...otherOptions } = options, auth2 = authStrategy(
        Object.assign(
          {
            request: this.request,
            log: this.log,
            // we pass the current octokit instance as well as its constructor options
            // to allow for authentication strategies that return a new octokit instance
            // that shares the same internal state as the current one. The original
            // requirement for this was the "event-octokit" authentication strategy
            // of https://github.com/probot/octokit-auth-probot.
            octokit: this,
            octokitOptions: otherOptions
          },
          options.auth
        )
      );
      hook2.wrap("request", auth2.hook), this.auth = auth2;
    } else if (!options.auth)
      this.auth = async () => ({
        type: "unauthenticated"
      });
    else {
      const auth2 = createTokenAuth(options.auth);
      hook2.wrap("request", auth2.hook), this.auth = auth2;
    }
    const classConstructor = this.constructor;
    for (let i = 0; i < classConstructor.plugins.length; ++i)
      Object.assign(this, classConstructor.plugins[i](this, options));
  }
  // assigned during constructor
  request;
  graphql;
  log;
  hook;
  // TODO: type `octokit.auth` based on passed options.authStrategy
  auth;
}
//! build/stubs/rest-endpoint-methods/index.js
function restEndpointMethods() {
  const refuse2 = () => {
    throw new Error("octokit.rest is not part of this action: use src/github/rest.ts.");
  };
  return { rest: new Proxy({}, { get: refuse2 }) };
}
//! node_modules/@octokit/plugin-paginate-rest/dist-bundle/index.js
var plugin_paginate_rest_dist_bundle_VERSION = "0.0.0-development";
function normalizePaginatedListResponse(response) {
  if (!response.data)
    return {
      ...response,
      data: []
    };
  if (!(("total_count" in response.data || "total_commits" in response.data) && !("url" in response.data))) return response;
  const incompleteResults = response.data.incomplete_results, repositorySelection = response.data.repository_selection, totalCount = response.data.total_count, totalCommits = response.data.total_commits;
  delete response.data.incomplete_results, delete response.data.repository_selection, delete response.data.total_count, delete response.data.total_commits;
  const namespaceKey = Object.keys(response.data)[0], data = response.data[namespaceKey];
  return response.data = data, typeof incompleteResults < "u" && (response.data.incomplete_results = incompleteResults), typeof repositorySelection < "u" && (response.data.repository_selection = repositorySelection), response.data.total_count = totalCount, response.data.total_commits = totalCommits, response;
}
function iterator(octokit, route, parameters) {
  const options = typeof route == "function" ? route.endpoint(parameters) : octokit.request.endpoint(route, parameters), requestMethod = typeof route == "function" ? route : octokit.request, method = options.method, headers = options.headers;
  let url2 = options.url;
  return {
    [Symbol.asyncIterator]: () => ({
      async next() {
        if (!url2) return { done: !0 };
        try {
          const response = await requestMethod({ method, url: url2, headers }), normalizedResponse = normalizePaginatedListResponse(response);
          if (url2 = ((normalizedResponse.headers.link || "").match(
            /<([^<>]+)>;\s*rel="next"/
          ) || [])[1], !url2 && "total_commits" in normalizedResponse.data) {
            const parsedUrl = new URL(normalizedResponse.url), params = parsedUrl.searchParams, page = parseInt(params.get("page") || "1", 10), per_page = parseInt(params.get("per_page") || "250", 10);
            page * per_page < normalizedResponse.data.total_commits && (params.set("page", String(page + 1)), url2 = parsedUrl.toString());
          }
          return { value: normalizedResponse };
        } catch (error2) {
          if (error2.status !== 409) throw error2;
          return url2 = "", {
            value: {
              status: 200,
              headers: {},
              data: []
            }
          };
        }
      }
    })
  };
}
function paginate(octokit, route, parameters, mapFn) {
  return typeof parameters == "function" && (mapFn = parameters, parameters = void 0), gather(
    octokit,
    [],
    iterator(octokit, route, parameters)[Symbol.asyncIterator](),
    mapFn
  );
}
function gather(octokit, results, iterator2, mapFn) {
  return iterator2.next().then((result) => {
    if (result.done)
      return results;
    let earlyExit = !1;
    function done() {
      earlyExit = !0;
    }
    return results = results.concat(
      mapFn ? mapFn(result.value, done) : result.value.data
    ), earlyExit ? results : gather(octokit, results, iterator2, mapFn);
  });
}
var composePaginateRest = Object.assign(paginate, {
  iterator
});
function paginateRest(octokit) {
  return {
    paginate: Object.assign(paginate.bind(null, octokit), {
      iterator: iterator.bind(null, octokit)
    })
  };
}
paginateRest.VERSION = plugin_paginate_rest_dist_bundle_VERSION;
//! node_modules/@actions/github/lib/utils.js
const context = new Context(), baseUrl = getApiBaseUrl(), defaults = {
  baseUrl,
  request: {
    agent: getProxyAgent(baseUrl),
    fetch: getProxyFetch(baseUrl)
  }
}, GitHub = Octokit.plugin(restEndpointMethods, paginateRest).defaults(defaults);
function getOctokitOptions(token, options) {
  const opts = Object.assign({}, options || {}), auth2 = getAuthString(token, opts);
  auth2 && (opts.auth = auth2);
  const userAgent2 = getUserAgentWithOrchestrationId(opts.userAgent);
  return userAgent2 && (opts.userAgent = userAgent2), opts;
}
//! node_modules/@actions/github/lib/github.js
const github_context = new Context();
function getOctokit(token, options, ...additionalPlugins) {
  const GitHubWithPlugins = GitHub.plugin(...additionalPlugins);
  return new GitHubWithPlugins(getOctokitOptions(token, options));
}
//! src/version.ts
const src_version_VERSION = "0.1.0";
//! src/github/retry.ts
const FIRST_BACKOFF_MS = 500, MAX_BACKOFF_MS = 15e3, MAX_SILENCE_MS = 14e3, retry_LAG_MS = 7e3, FIRST_LOOK_WAIT_MS = 1e3, MAX_LOOK_WAIT_MS = 15e3;
async function retry({ clock, timeoutMs, log }, call, attempt) {
  const end = Math.min(clock.now() + timeoutMs, call.until ?? 1 / 0), remaining = () => end - clock.now();
  let unknownCount = 0;
  for (let count = 1; ; count++)
    try {
      return await attempt(Math.max(1, remaining()));
    } catch (error2) {
      const failure = toFailure(error2), failureClass = classify(failure, clock.now());
      if (failureClass.kind === "permanent" || call.onUnknown === "once" || isTooLarge(failure) && call.onUnknown === "again")
        throw failure;
      if (failureClass.kind === "unknown" && call.onUnknown !== "again") {
        const found = await lookUp({ clock, timeoutMs, log }, call, call.onUnknown, {
          failure,
          end
        });
        if (found !== void 0)
          return found;
      }
      const requestedMs = failureClass.waitMs, waitMs = Math.max(requestedMs, backoff(count, clock));
      if (waitMs >= remaining())
        throw tooLong(failure, waitMs, remaining(), waitMs === requestedMs);
      if (failureClass.kind === "unknown" && (unknownCount += 1), unknownCount >= (call.maxUnknown ?? 1 / 0))
        throw failure.advised(`Tried ${count} times.`);
      log(`Could not ${call.operation} (${failure.short}). Retrying in ${seconds(waitMs)} s.`), await clock.sleep(waitMs), failureClass.kind === "unknown" && typeof call.onUnknown == "object" && call.onUnknown.onResend?.();
    }
}
const backoff = (count, clock) => Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (count - 1)) * (1 - clock.random() / 4), seconds = (milliseconds2) => Math.ceil(milliseconds2 / 100) / 10, tooLong = (failure, waitMs, remainingMs, isRequested) => failure.advised(`${isRequested ? "GitHub asks to wait" : "The next attempt is due in"} ${seconds(waitMs)} s, more than the ${Math.max(0, seconds(remainingMs))} s that are left of \`timeout\`.`);
async function lookUp({ clock, log }, { operation }, onUnknown, { failure, end }) {
  const startedAt2 = clock.now();
  for (let waitMs = FIRST_LOOK_WAIT_MS; ; waitMs = Math.min(waitMs * 2, MAX_LOOK_WAIT_MS)) {
    let requestedMs = 0;
    const lookedAt = clock.now();
    try {
      const found = await onUnknown.look(end);
      if (found !== void 0)
        return log(`The response was lost (${failure.short}), but GitHub processed the request.`), found;
      if (lookedAt - startedAt2 >= retry_LAG_MS)
        return;
    } catch (error2) {
      const lookFailure = toFailure(error2 instanceof Error && error2.cause ? error2.cause : error2), failureClass = classify(lookFailure, clock.now());
      if (requestedMs = failureClass.kind === "permanent" ? 0 : failureClass.waitMs, failureClass.kind === "permanent")
        throw unknown(failure, lookFailure);
    }
    const next = Math.max(waitMs, requestedMs);
    if (clock.now() + next >= end)
      throw unknown(failure, void 0);
    log(`Could not ${operation} (${failure.short}). Checking in ${seconds(next)} s whether GitHub processed the request.`), await clock.sleep(next);
  }
}
function logWhileWaiting(clock, log) {
  let lastAt = 0;
  const logNow = (text) => {
    lastAt = clock.now(), log(text);
  };
  return {
    log: logNow,
    async during({ operation, onUnknown }, work) {
      if (onUnknown === "once")
        return work();
      clock.now() - lastAt > MAX_SILENCE_MS && (lastAt = clock.now());
      let cancel;
      const wait = () => {
        cancel = clock.after(Math.max(0, lastAt + MAX_SILENCE_MS - clock.now()), () => {
          clock.now() - lastAt >= MAX_SILENCE_MS && logNow(`Still trying to ${operation}`), wait();
        });
      };
      return wait(), work().finally(() => cancel());
    }
  };
}
const unknown = (failure, lookFailure) => failure.advised(`It is not known whether GitHub processed the request: the look-up ${lookFailure ? `failed (${lookFailure.short})` : "found nothing in time"}, so the request was not sent again.`);
//! src/github/client.ts
showEventPath();
const ATTEMPT_MS = 15e3, API_VERSION = "2022-11-28";
function connect(connection) {
  const { clock, tokens, apiUrl, proxy, requestLog } = connection, fetch2 = transport(openConnections(apiUrl, proxy), requestLog), clients = tokens.filter((token) => token !== "").map((token) => octokitFor(apiUrl, token, fetch2));
  let current = 0, rejected = "";
  const attempt = async (call, budgetMs) => {
    const octokit = clients[current];
    if (!octokit)
      throw new GitHubFailure(NO_TOKEN, { isFinal: !0 });
    const { signal, clear } = clock.deadline(Math.min(ATTEMPT_MS, budgetMs));
    try {
      const headers = { "x-github-api-version": API_VERSION }, parameters = typeof call.parameters == "function" ? call.parameters() : call.parameters, request2 = { signal, parseSuccessResponseBody: !1 }, answer = await octokit.request(call.route, { ...parameters, headers, request: request2 }), data = jsonOf(answer.data, answer.headers), text = typeof answer.data == "string" ? answer.data : "", value = call.read(data, answer.status, answer.headers, text);
      if (value !== void 0)
        return value;
      throw new GitHubFailure("a response that is not in the format of its API", { ...answer, data });
    } catch (error2) {
      const failure = toFailure(error2);
      if (!connection.fallbackStatuses.includes(failure.status) || current + 1 >= clients.length)
        throw rejected ? failure.advised(`The first token was rejected too: ${rejected}.`) : failure;
      return rejected = `GitHub answered ${failure.status} "${failure.message}"`, connection.log(`The token was rejected (HTTP ${failure.status}), so \`fallback-token\` is used.`), current += 1, attempt(call, budgetMs);
    } finally {
      clear();
    }
  }, { log, during } = logWhileWaiting(clock, connection.log), options = { ...connection, log };
  return {
    send: (call) => during(call, () => retry(options, call, (budgetMs) => attempt(call, budgetMs))),
    pause: (milliseconds2, operation) => during({ operation, onUnknown: "again" }, () => clock.sleep(milliseconds2))
  };
}
function jsonOf(body, headers) {
  return /^application\/json *(;|$)/i.test(getText(headers, "content-type")) && typeof body == "string" ? parseJson(body) : void 0;
}
function octokitFor(apiUrl, token, fetch2) {
  const silent = () => {
  };
  return getOctokit(token, {
    baseUrl: apiUrl,
    userAgent: `deploy-status-action/${src_version_VERSION}`,
    // Octokit prints deprecations to the console, where a server's text could become a workflow command.
    log: { debug: silent, info: silent, warn: silent, error: silent },
    request: { fetch: fetch2 }
  });
}
//! src/github/artifacts.ts
const PERMISSIONS = `Set these permissions for the job:
${permissionsBlock({ "artifact-metadata": "write" })}`, NO_ENDPOINT = "Artifact records need a repository that belongs to an organization, on github.com or GHE.com.", artifactFields = (repository, { name, digest, status, environment, deploymentName }) => ({
  name,
  digest,
  status,
  logical_environment: environment,
  deployment_name: deploymentName,
  github_repository: repository.split("/")[1],
  return_records: !1
});
async function recordArtifact(client, repository, record, onFailure2) {
  const [org] = repository.split("/"), operation = `record the artifact ${record.name} as ${record.status}`;
  try {
    await client.send({
      operation,
      route: "POST /orgs/{org}/artifacts/metadata/deployment-record",
      parameters: { org, ...artifactFields(repository, record) },
      read: (data) => typeof get(data, "total_count") == "number" || void 0,
      // The same record again is an update.
      onUnknown: "again"
    });
  } catch (error2) {
    const failure = toFailure(error2), { parts } = error_messages_explain(failure, { operation, repository, isRead: !1, onFailure: onFailure2 }), next = failure.status === 403 && /not accessible by integration/i.test(failure.message) ? PERMISSIONS : failure.status === 404 ? NO_ENDPOINT : parts.next;
    throw new RequestError({ ...parts, next, section: "artifacts" }, failure);
  }
}
//! src/github/responses.ts
const STATES = [
  "success",
  "failure",
  "error",
  "inactive",
  "in_progress",
  "queued",
  "pending",
  "waiting"
], readState = (value) => {
  const state = value.toLowerCase();
  return STATES.includes(state) ? state : "none";
};
function readDeployment(data, text) {
  const id2 = getId(data, "id"), sha = getText(data, "sha"), environment = getText(data, "environment");
  if (id2 === void 0 || sha === "" || environment === "")
    return;
  const payload = text === void 0 ? textOf(get(data, "payload")) : membersOf(text).get("payload") ?? "";
  return {
    id: id2,
    environment,
    sha,
    task: getShortText(data, "task"),
    ref: getShortText(data, "ref"),
    payload,
    origin: readOrigin(payload),
    transient: get(data, "transient_environment") === !0,
    url: getShortText(data, "url"),
    createdAt: getText(data, "created_at")
  };
}
function textOf(value) {
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    return "";
  }
}
function readStatus(data) {
  const id2 = getId(data, "id"), state = readState(getText(data, "state"));
  if (!(id2 === void 0 || state === "none"))
    return {
      id: id2,
      state,
      environmentUrl: getShortText(data, "environment_url"),
      logUrl: getShortText(data, "log_url"),
      description: getShortText(data, "description")
    };
}
function readDescribedStatus(data) {
  const status = readStatus(data);
  return status && { ...status, description: getShortText(data, "description") };
}
function readList(data, read) {
  if (!Array.isArray(data))
    return;
  const items = data.map(read);
  return items.every((item) => item !== void 0) ? items : void 0;
}
function readEnvironments(data) {
  const page = isJsonObject(data) ? get(data, "environments") : void 0;
  return readList(page, (item) => getText(item, "name") || void 0);
}
const hasNextPage = (headers) => /rel="?next"?/.test(getText(headers, "link")), PAGE_SIZE = 100, SMALL_PAGE_SIZE = 10, responses_MAX_PAGES = 1e3;
function createLoopCheck() {
  const seen = /* @__PURE__ */ new Set();
  let pages = 0;
  return (first, cursor) => {
    if (pages += 1, first === void 0)
      return "the list does not end: a page is empty and names a next one";
    if (pages >= responses_MAX_PAGES)
      return `the list does not end: it has more than ${responses_MAX_PAGES} pages`;
    const marks = [`item ${first}`, `cursor ${cursor}`], repeated = marks.find((mark) => seen.has(mark));
    for (const mark of marks)
      seen.add(mark);
    return repeated === void 0 ? "" : `the list does not end: ${repeated} came twice`;
  };
}
//! src/github/graphql-list.ts
const QUERY = `query Deployments($owner: String!, $name: String!, $environments: [String!], $first: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    deployments(first: $first, after: $after, environments: $environments, orderBy: {field: CREATED_AT, direction: DESC}) {
      pageInfo { hasNextPage endCursor }
      nodes {
        id databaseId commitOid createdAt environment task payload
        ref { name prefix }
        creator { login }
        latestStatus { state description environmentUrl logUrl }
      }
    }
  }
}`;
function endlessList({ repository }, problem, onFailure2) {
  const failure = new GitHubFailure(problem, { isFinal: !0 });
  return error_messages_explain(failure, {
    operation: "list the deployments",
    repository,
    isRead: !0,
    onFailure: onFailure2
  });
}
async function* listDeployments(client, target, environments, { onFailure: onFailure2, until = 1 / 0 } = {}) {
  const endless = createLoopCheck();
  let after, size = PAGE_SIZE;
  do {
    const page = await explained(target, readPage(client, target, { environments, after, size, onUnknown: "again", until }), onFailure2);
    yield page.deployments;
    const first = page.deployments[0], problem = page.next === void 0 ? "" : endless(first && String(first.id), page.next);
    if (problem !== "")
      throw endlessList(target, problem, onFailure2);
    after = page.next, size = page.size;
  } while (after !== void 0);
}
async function newestDeployments(client, target, environment) {
  return (await explained(target, readPage(client, target, { environments: [environment], after: void 0, size: PAGE_SIZE, onUnknown: "once" }))).deployments;
}
async function explained({ repository }, reading, onFailure2) {
  try {
    return await reading;
  } catch (error2) {
    throw error_messages_explain(toFailure(error2), { operation: "list the deployments", repository, isRead: !0, onFailure: onFailure2 });
  }
}
async function readPage(client, { repository, graphqlUrl }, query) {
  const [owner, name] = repository.split("/"), environments = query.environments.length > 0 ? nameVariants(query.environments) : null, variables = { owner, name, environments, first: query.size, after: query.after ?? null };
  return client.send({
    operation: "list the deployments",
    route: `POST ${graphqlUrl}`,
    parameters: { query: QUERY, variables },
    onUnknown: query.onUnknown,
    ...query.until !== void 0 && { until: query.until },
    read: (data, status, headers) => {
      const errors = get(data, "errors");
      if (Array.isArray(errors) && errors.length > 0)
        throw new GitHubFailure(graphqlMessage(errors), { status, headers, data, isFinal: !0 });
      return toPage(get(data, "data", "repository", "deployments"), query.size);
    }
  }).catch((error2) => {
    if (!isTooLarge(error2) || query.size === SMALL_PAGE_SIZE)
      throw error2;
    return readPage(client, { repository, graphqlUrl }, { ...query, size: SMALL_PAGE_SIZE });
  });
}
const graphqlMessage = (errors) => errors.map((error2) => getText(error2, "message")).join("; ").slice(0, 500);
function toPage(connection, size) {
  const deployments = readList(get(connection, "nodes"), toListed), hasNext = get(connection, "pageInfo", "hasNextPage"), cursor = getText(connection, "pageInfo", "endCursor");
  if (!(!deployments || typeof hasNext != "boolean" || hasNext && cursor === ""))
    return { deployments, next: hasNext ? cursor : void 0, size };
}
function toListed(node) {
  const nodeId = getText(node, "id"), id2 = getId(node, "databaseId") ?? idOfNode(nodeId);
  if (id2 === void 0 || nodeId === "")
    return;
  const status = get(node, "latestStatus");
  return {
    id: id2,
    nodeId,
    environment: getText(node, "environment"),
    task: getShortText(node, "task"),
    ref: getShortText(node, "ref", "name"),
    refType: refTypeOf(getText(node, "ref", "prefix")),
    sha: getText(node, "commitOid"),
    payload: getText(node, "payload"),
    origin: readOrigin(getText(node, "payload")),
    createdAt: getText(node, "createdAt"),
    creator: getText(node, "creator", "login"),
    state: readState(getText(status, "state")),
    environmentUrl: getShortText(status, "environmentUrl"),
    logUrl: getShortText(status, "logUrl"),
    description: getShortText(status, "description")
  };
}
function idOfNode(nodeId) {
  const bytes = Buffer.from(nodeId.replace(/^DE_/, ""), "base64url");
  if (!nodeId.startsWith("DE_")) {
    const digits = /^\d+:Deployment([0-9]{1,16})$/.exec(bytes.toString("latin1"))?.[1];
    return digits === void 0 ? void 0 : getId({ id: digits }, "id");
  }
  const isWide = bytes.length >= 9 && bytes.at(-9) === 207, number = bytes.length >= 5 && bytes.at(-5) === 206 ? bytes.readUInt32BE(bytes.length - 4) : isWide ? Number(bytes.readBigUInt64BE(bytes.length - 8)) : void 0;
  return number !== void 0 && Number.isSafeInteger(number) && number > 0 ? number : void 0;
}
//! src/github/reads.ts
const listPages = (rest, parameters, { onUnknown = "again", until = 1 / 0 } = {}) => rest.pages({
  operation: "list the deployments",
  path: "/deployments",
  parameters,
  onUnknown,
  until,
  read: (data) => readList(data, (item) => readDeployment(item))
});
async function newestStatuses(rest, id2, { onUnknown = "again", until = 1 / 0, onFailure: onFailure2 } = {}) {
  const first = await rest.pages({
    operation: `read the statuses of deployment ${id2}`,
    path: "/deployments/{id}/statuses",
    parameters: { id: id2 },
    onUnknown,
    until,
    onFailure: onFailure2,
    read: (data) => readList(data, readDescribedStatus)
  }).next();
  return first.done ? [] : [...first.value].sort((one, other) => other.id - one.id);
}
const latestStatus = async (rest, id2, options) => (await newestStatuses(rest, id2, options))[0], readAttempt = (rest, runId, attempt, onFailure2) => rest.call({
  operation: attempt === void 0 ? `read run ${runId}` : `read attempt ${attempt} of run ${runId}`,
  method: "GET",
  path: attempt === void 0 ? "/actions/runs/{run_id}" : "/actions/runs/{run_id}/attempts/{attempt_number}",
  parameters: { run_id: runId, ...attempt !== void 0 && { attempt_number: attempt } },
  onUnknown: "again",
  onFailure: onFailure2,
  read: (data) => {
    const status = getText(data, "status");
    if (status !== "")
      return { isOver: status === "completed", conclusion: getText(data, "conclusion") };
  }
}), getDeployment = (rest, id2, onFailure2) => rest.call({
  operation: `read deployment ${id2}`,
  method: "GET",
  path: "/deployments/{id}",
  parameters: { id: id2 },
  read: (data, _status, _headers, text) => readDeployment(data, text),
  onUnknown: "again",
  onFailure: onFailure2
});
async function isDeploymentGone(rest, id2) {
  try {
    return await getDeployment(rest, id2), !1;
  } catch (error2) {
    if (!(error2 instanceof ActionError))
      throw error2;
    return toFailure(error2.cause).status === 404;
  }
}
//! src/github/writes.ts
function create(rest, wanted, { onResend, onFailure: onFailure2 }) {
  const { environment, ref, key } = wanted, place = `"${sanitizeLine(environment, 255)}" at "${sanitizeLine(ref, 255)}"`;
  return rest.call({
    operation: `create the deployment of ${place}`,
    method: "POST",
    path: "/deployments",
    // Octokit sends `data` as the body.
    parameters: { data: deploymentBody(wanted) },
    onFailure: onFailure2,
    read: (data, status, headers, text) => {
      if (status === 202)
        throw autoMerged(data, headers);
      return readDeployment(data, text);
    },
    onUnknown: {
      onResend,
      async look(until) {
        for await (const page of listPages(rest, { environment, ref }, { onUnknown: "once", until })) {
          const found = page.find((one) => one.origin?.key === key);
          if (found)
            return { ...found, payload: wanted.payload };
        }
      }
    }
  });
}
const DISPENSABLE = { description: "description", environment_url: "environmentUrl", log_url: "logUrl" };
async function setStatus(rest, id2, status, options) {
  try {
    return await sendStatus(rest, id2, status, options);
  } catch (error2) {
    const failure = error2 instanceof ActionError ? toFailure(error2.cause) : void 0, rejected = failure?.status === 422 ? rejectedFields(failure, status) : [];
    if (!failure || rejected.length === 0)
      throw error2;
    const without = Object.fromEntries(rejected.map(([, field]) => [field, ""])), sent = await sendStatus(rest, id2, { ...status, ...without }, options), names = rejected.map(([name]) => name).join(" and ");
    return rest.warn(`The state of deployment ${id2} was posted without ${names}, which GitHub rejects: "${failure.message}".`, "rejected"), sent;
  }
}
function rejectedFields(failure, status) {
  const errors = get(failure.data, "errors"), listed = Array.isArray(errors) ? errors : [], named = [failure.message, ...listed.map((error2) => getText(error2, "field"))].join(" ");
  return Object.entries(DISPENSABLE).filter(([name, field]) => status[field] !== "" && named.includes(name));
}
function sendStatus(rest, id2, status, { newerThan = 0, onFailure: onFailure2 }) {
  return rest.call({
    operation: `set deployment ${id2} to ${status.state}`,
    method: "POST",
    path: "/deployments/{id}/statuses",
    parameters: { id: id2, ...statusFields(status) },
    onFailure: onFailure2,
    read: (data) => {
      const created = readStatus(data);
      return created?.state === status.state ? created : void 0;
    },
    onUnknown: {
      look: (until) => findStatus(rest, id2, status, { newerThan, onUnknown: "once", until })
    }
  });
}
async function findStatus(rest, id2, status, { newerThan = 0, ...options } = {}) {
  return (await newestStatuses(rest, id2, options)).find((one) => one.id > newerThan && one.state === status.state && one.description === status.description && one.logUrl === status.logUrl && one.environmentUrl === status.environmentUrl);
}
async function removeDeployment(rest, id2, onFailure2) {
  const operation = `delete deployment ${id2}`, refusal = await remove(rest, { operation, path: "/deployments/{id}", parameters: { id: id2 }, onFailure: onFailure2 });
  if (refusal && !await isDeploymentGone(rest, id2))
    throw refusal;
}
async function removeEnvironment(rest, name, onFailure2) {
  const operation = `delete the environment "${sanitizeLine(name, 255)}"`;
  return !await remove(rest, { operation, path: "/environments/{name}", parameters: { name }, onFailure: onFailure2 });
}
async function remove(rest, deletion) {
  const call = { ...deletion, method: "DELETE", onUnknown: "again" };
  try {
    await rest.call({ ...call, read: (_data, status) => status === 204 || void 0 });
    return;
  } catch (error2) {
    if (!(error2 instanceof ActionError) || toFailure(error2.cause).status !== 404)
      throw error2;
    return error2;
  }
}
const autoMerged = (data, headers) => new GitHubFailure(sanitizeLine(getText(data, "message"), 200), {
  status: 202,
  headers,
  data,
  isFinal: !0
});
function deploymentBody(wanted) {
  const fields = JSON.stringify(deploymentFields(wanted));
  return objectText([...membersOf(fields), ["payload", wanted.payload]]);
}
const deploymentFields = (wanted) => ({
  ref: wanted.ref,
  task: wanted.task,
  environment: wanted.environment,
  auto_merge: wanted.autoMerge,
  transient_environment: wanted.transient,
  ...wanted.description !== "" && { description: wanted.description },
  ...wanted.requiredContexts && { required_contexts: wanted.requiredContexts },
  ...wanted.production !== void 0 && { production_environment: wanted.production }
}), statusFields = (status) => ({
  state: status.state,
  ...status.logUrl !== "" && { log_url: status.logUrl },
  // Sent with every state, since it is not documented whether GitHub's rule applies to states other than success.
  auto_inactive: status.autoInactive ?? !1,
  ...status.description !== "" && { description: status.description },
  ...status.environment && { environment: status.environment },
  ...status.environmentUrl !== "" && { environment_url: status.environmentUrl }
});
//! src/github/bulk-writes.ts
const NOT_DONE = ["NOT_FOUND", "FORBIDDEN", "UNPROCESSABLE", "INSUFFICIENT_SCOPES"], statusWrites = (rest, statusOf, onFailure2) => ({
  onFailure: onFailure2,
  operation: (count) => `change the state of ${count} deployments`,
  name: "SetStatuses",
  mutation: "createDeploymentStatus",
  inputType: "CreateDeploymentStatusInput",
  input: (item) => {
    const { state, description: description2, logUrl: logUrl2, environmentUrl, autoInactive = !1 } = statusOf(item);
    return {
      deploymentId: item.nodeId,
      state: state.toUpperCase(),
      autoInactive,
      logUrl: logUrl2,
      ...description2 !== "" && { description: description2 },
      ...environmentUrl !== "" && { environmentUrl }
    };
  },
  isDone: (item, node) => {
    const { state, description: description2, logUrl: logUrl2, environmentUrl } = statusOf(item), latest = (name) => getText(node, "latestStatus", name);
    return latest("description") === description2 && latest("logUrl") === logUrl2 && latest("environmentUrl") === environmentUrl && latest("state") === state.toUpperCase();
  },
  single: async (item, mayBeDone2) => {
    const status = statusOf(item), context2 = { onFailure: onFailure2(item) };
    return (mayBeDone2 ? await findStatus(rest, item.id, status, context2) : void 0) ?? setStatus(rest, item.id, status, context2);
  }
}), removals = (rest, onFailure2) => ({
  onFailure: onFailure2,
  operation: (count) => `delete ${count} deployments`,
  name: "DeleteDeployments",
  mutation: "deleteDeployment",
  inputType: "DeleteDeploymentInput",
  input: ({ nodeId }) => ({ id: nodeId }),
  isDone: void 0,
  single: (item) => removeDeployment(rest, item.id, onFailure2(item))
});
function documentCall(client, graphqlUrl, writes, { items, unknown: unknown2, finish: finish2 }) {
  const { isDone } = writes, route = `POST ${graphqlUrl}`;
  let sent = [];
  return {
    operation: writes.operation(items.size),
    route,
    // Each write goes alone after that: a document that is too slow for GitHub stays too slow.
    maxUnknown: 2,
    parameters: () => (sent = [...items.values()], documentOf(writes, sent)),
    read: (data, status, headers) => {
      const errors = get(data, "errors"), listed = Array.isArray(errors) ? errors : [];
      if (!isJsonObject(get(data, "data"))) {
        if (listed.length === 0)
          return;
        throw new GitHubFailure(graphqlMessage(listed), { status, headers, data, isFinal: !0 });
      }
      for (const [index, item] of sent.entries())
        isJsonObject(get(data, "data", alias(index))) ? finish2(item) : mayBeDone(listed, index) && unknown2.add(item.id);
      return !0;
    },
    onUnknown: isDone ? {
      async look(until) {
        const nodes = await readNodes(client, route, [...items.values()], until);
        for (const [item, node] of nodes)
          isDone(item, node) && finish2(item);
        return items.size === 0 || void 0;
      }
    } : "again"
  };
}
const alias = (index) => `d${index}`;
function documentOf(writes, items) {
  const { name, mutation, inputType } = writes, declared = items.map((_item, index) => `$${alias(index)}: ${inputType}!`).join(", "), lines = items.map((_item, index) => `  ${alias(index)}: ${mutation}(input: $${alias(index)}) { clientMutationId }`);
  return {
    query: `mutation ${name}(${declared}) {
${lines.join(`
`)}
}`,
    variables: Object.fromEntries(items.map((item, index) => [alias(index), writes.input(item)]))
  };
}
function mayBeDone(errors, index) {
  const own = errors.find((error2) => {
    const path2 = get(error2, "path");
    return Array.isArray(path2) && path2[0] === alias(index);
  });
  return !NOT_DONE.includes(getText(own, "type"));
}
const LOOK = `query Look($ids: [ID!]!) {
  nodes(ids: $ids) { ... on Deployment { id latestStatus { state description logUrl environmentUrl } } }
}`;
function readNodes(client, route, items, until) {
  return client.send({
    operation: `look at ${items.length} deployments`,
    route,
    parameters: { query: LOOK, variables: { ids: items.map(({ nodeId }) => nodeId) } },
    onUnknown: "once",
    until,
    read: (data) => {
      const nodes = get(data, "data", "nodes");
      if (!(!Array.isArray(nodes) || nodes.length !== items.length))
        return items.map((item, index) => [item, nodes[index]]);
    }
  });
}
//! src/github/batch.ts
const BATCH_SIZE = 20, BETWEEN_WRITES_MS = 1e3, FREE_WRITES = 10;
function paceOf(clock) {
  let next = 0, count = 0;
  const document = async () => {
    const waitMs = next - clock.now();
    waitMs > 0 && await clock.sleep(waitMs), next = clock.now() + BETWEEN_WRITES_MS;
  };
  return {
    document,
    async single() {
      count += 1, count > FREE_WRITES && await document();
    }
  };
}
async function* writeAll(batches, writes, items) {
  for (let from = 0; from < items.length; from += BATCH_SIZE) {
    const batch = items.slice(from, from + BATCH_SIZE), remaining = {
      items: new Map(batch.map((item) => [item.id, item])),
      unknown: /* @__PURE__ */ new Set()
    };
    batch.length > 1 && (yield await sendDocument(batches, writes, remaining)), yield* writeEach(batches, writes, remaining);
  }
}
async function* writeEach({ pace }, writes, { items, unknown: unknown2 }) {
  const isDocumentLost = unknown2.size === items.size;
  let shared;
  for (const item of items.values()) {
    shared || await pace.single();
    const error2 = shared ?? await batch_errorOf(writes.single(item, unknown2.has(item.id)));
    isDocumentLost && error2 && !isPermanent(error2) && (shared = error2);
    const isGone = toFailure(error2?.cause).status === 404;
    yield [{ item, error: error2, isGone }];
  }
}
const isPermanent = ({ cause }) => classify(toFailure(cause), 0).kind === "permanent";
async function batch_errorOf(work) {
  try {
    await work;
    return;
  } catch (error2) {
    if (error2 instanceof ActionError)
      return error2;
    throw error2;
  }
}
async function sendDocument({ client, repository, pace }, writes, remaining) {
  const { graphqlUrl } = repository, finished = [], finish2 = (item, error2) => {
    remaining.items.delete(item.id), finished.push({ item, error: error2, isGone: !1 });
  };
  await pace.document();
  try {
    await client.send(documentCall(client, graphqlUrl, writes, { ...remaining, finish: finish2 }));
  } catch (error2) {
    const failure = toFailure(error2), { kind } = classify(failure, 0), left = [...remaining.items.values()], facts2 = {
      operation: writes.operation(left.length),
      repository: repository.repository,
      isRead: !1
    };
    for (const item of left)
      kind === "unknown" ? remaining.unknown.add(item.id) : finish2(item, error_messages_explain(failure, { ...facts2, onFailure: writes.onFailure(item) }));
  }
  return finished;
}
//! src/github/rest.ts
function restOf(client, repository, warn) {
  const [owner, repo] = repository.split("/"), call = async ({ operation, method, path: path2, onFailure: onFailure2, ...rest }) => {
    const route = `${method} /repos/{owner}/{repo}${path2}`, parameters = { owner, repo, ...rest.parameters };
    try {
      return await client.send({ ...rest, operation, route, parameters });
    } catch (error2) {
      const isRead = method === "GET";
      throw error_messages_explain(toFailure(error2), { operation, repository, isRead, onFailure: onFailure2 });
    }
  };
  return {
    warn,
    call,
    async *pages(list2) {
      const endless = createLoopCheck();
      let size = PAGE_SIZE;
      const read = (page) => call({
        ...list2,
        method: "GET",
        parameters: { ...list2.parameters, per_page: size, page },
        read: (data, _status, headers) => {
          const items = list2.read(data);
          return items && { items, isLast: !hasNextPage(headers) };
        }
      });
      for (let page = 1; ; page++) {
        const { items, isLast } = await read(page).catch((error2) => {
          if (!isTooLarge(error2.cause) || size === SMALL_PAGE_SIZE)
            throw error2;
          return page = (page - 1) * size / SMALL_PAGE_SIZE + 1, size = SMALL_PAGE_SIZE, read(page);
        });
        if (items.length > 0 && (yield items), isLast || items.length === 0)
          return;
        const problem = endless(JSON.stringify(items[0]), `${page}`);
        if (problem !== "") {
          const failure = new GitHubFailure(problem, { isFinal: !0 }), { operation, onFailure: onFailure2 } = list2;
          throw error_messages_explain(failure, { operation, repository, isRead: !0, onFailure: onFailure2 });
        }
      }
    }
  };
}
//! src/github/deployments.ts
function deploymentsOf(client, repository, clock, warn) {
  const rest = restOf(client, repository.repository, warn), batches = { client, repository, pace: paceOf(clock) };
  return {
    create: (wanted, options) => create(rest, wanted, options),
    pause: (milliseconds2) => client.pause(milliseconds2, "see what GitHub has recorded"),
    get: (id2, onFailure2) => getDeployment(rest, id2, onFailure2),
    setStatus: (id2, status, options) => setStatus(rest, id2, status, options),
    latestStatus: (id2, onFailure2, until = 1 / 0) => latestStatus(rest, id2, { onFailure: onFailure2, until }),
    statuses: (id2, onFailure2, until = 1 / 0) => newestStatuses(rest, id2, { onFailure: onFailure2, until }),
    isGone: (id2) => isDeploymentGone(rest, id2),
    remove: (id2, onFailure2) => removeDeployment(rest, id2, onFailure2),
    setStatuses: (items, statusOf, onFailure2) => writeAll(batches, statusWrites(rest, statusOf, onFailure2), items),
    removeAll: (items, onFailure2) => writeAll(batches, removals(rest, onFailure2), items),
    newest: (environment) => newestDeployments(client, repository, environment),
    list: (environments, onFailure2, until = 1 / 0) => listDeployments(client, repository, environments, { onFailure: onFailure2, until }),
    async madeWithRef(environment, ref) {
      const ids = /* @__PURE__ */ new Set();
      for (const name of refVariants(ref))
        for await (const page of listPages(rest, { environment, ref: name }))
          for (const { id: id2 } of page)
            ids.add(id2);
      return ids;
    },
    async recordArtifact(record, onFailure2) {
      return await batches.pace.single(), await recordArtifact(client, repository.repository, record, onFailure2), !0;
    },
    attempt: (runId, attempt, onFailure2) => readAttempt(rest, runId, attempt, onFailure2),
    async environments() {
      const names = [], found = rest.pages({
        operation: "list the environments",
        path: "/environments",
        parameters: {},
        read: readEnvironments,
        onUnknown: "again"
      });
      for await (const page of found)
        names.push(...page);
      return names;
    },
    removeEnvironment: (name, onFailure2) => removeEnvironment(rest, name, onFailure2)
  };
}
//! src/github/dry-run.ts
function dryRunOf(deployments, repository, log) {
  const logWrite = (method, path2, body) => log([method, path2, body].join(" ").trimEnd()), write = (method, path2, body = "") => logWrite(method, `/repos/${repository}${path2}`, body), pathOf = (id2) => `/deployments/${id2 === 0 ? "{deployment_id}" : id2}`;
  return {
    ...deployments,
    async create(wanted) {
      write("POST", "/deployments", deploymentBody(wanted));
      const isSha = /^[0-9a-f]{40}$/.test(wanted.ref);
      return { ...wanted, id: 0, sha: isSha ? wanted.ref : "", origin: void 0, url: "", createdAt: "" };
    },
    async setStatus(id2, status) {
      return write("POST", `${pathOf(id2)}/statuses`, JSON.stringify(statusFields(status))), { ...status, id: 0 };
    },
    async latestStatus(id2, ...options) {
      return id2 === 0 ? void 0 : deployments.latestStatus(id2, ...options);
    },
    async statuses(id2, ...options) {
      return id2 === 0 ? [] : deployments.statuses(id2, ...options);
    },
    async *setStatuses(items, statusOf) {
      for (const item of items)
        write("POST", `${pathOf(item.id)}/statuses`, JSON.stringify(statusFields(statusOf(item)))), yield [{ item, error: void 0, isGone: !1 }];
    },
    async *removeAll(items) {
      for (const item of items)
        write("DELETE", pathOf(item.id)), yield [{ item, error: void 0, isGone: !1 }];
    },
    async recordArtifact(record) {
      const [org] = repository.split("/"), path2 = `/orgs/${org}/artifacts/metadata/deployment-record`;
      return logWrite("POST", path2, JSON.stringify(artifactFields(repository, record))), !1;
    },
    async remove(id2) {
      write("DELETE", pathOf(id2));
    },
    async removeEnvironment(name) {
      return write("DELETE", `/environments/${encodeURIComponent(name)}`), !0;
    }
  };
}
//! src/github/open.ts
function openDeployments(run, opening) {
  const { repository, tokens, log, debug: debug2, warn, clock, timeoutMs, fallbackStatuses = [401] } = opening, requestLog = debug2 && { log: debug2, now: clock.now }, client = connect({
    apiUrl: run.apiUrl,
    proxy: run.proxy,
    tokens,
    fallbackStatuses,
    clock,
    timeoutMs,
    log,
    requestLog
  }), deployments = deploymentsOf(client, { repository, graphqlUrl: run.graphqlUrl }, clock, warn);
  return opening.dryRun ? dryRunOf(deployments, repository, log) : deployments;
}
//! src/inputs/common.ts
const MAX_TIMEOUT_SECONDS = 86400;
function readCommon(read, workflow) {
  const repository = readRepository(read("repository") || workflow.repository), token = readToken(read("token"), workflow), fallbackToken = read("fallback-token");
  if (!sameName(repository, workflow.repository) && token !== "" && token === fallbackToken)
    throw new InputError(`token: GITHUB_TOKEN cannot write to ${repository}, which is not the workflow's repository; use the token of a GitHub App or a personal access token`);
  return {
    token,
    fallbackToken,
    repository,
    deploymentId: wholeNumber(read, "deployment-id", 1),
    logUrl: url(read, "log-url"),
    checkRunId: parseCheckRunId(read("check-run-id")),
    timeoutMs: readTimeout(read) * 1e3,
    failOnError: parsers_boolean(read, "fail-on-error") ?? !0,
    dryRun: parsers_boolean(read, "dry-run") ?? !1,
    summary: parsers_boolean(read, "summary") ?? !0,
    description: read("description"),
    jobStatus: read("job-status"),
    actionStatus: read("action-status")
  };
}
function readRepository(value) {
  const [owner = "", name = "", ...rest] = value.split("/");
  if (/^[A-Za-z0-9_][A-Za-z0-9_-]{0,99}$/.test(owner) && /^[A-Za-z0-9._-]{1,100}$/.test(name) && rest.length === 0 && name !== "." && name !== ".." && !/\.git$/i.test(name))
    return value;
  const fromUrl = /^(?:https?:\/\/[^/]+\/)?([^/]+\/[^/]+?)(\.git)?\/?$/i.exec(value)?.[1], hint = fromUrl && fromUrl !== value ? `. Did you mean "${sanitizeLine(fromUrl, 64)}"?` : "";
  throw new InputError(`${badInput("repository", "owner/name", value).message}${hint}`);
}
function readToken(token, { isReadOnly }) {
  if (token === "" && !isReadOnly)
    throw new InputError('token: expected a token, got an empty value; remove the input to use GITHUB_TOKEN, and give the job the permission "deployments: write"');
  const position = token.search(/[^\x21-\x7e]/);
  if (position >= 0)
    throw new InputError(`token: the character at position ${position + 1} is not allowed in a token; check the secret for a pasted line break`);
  return token;
}
const parseCheckRunId = (value) => /^[1-9][0-9]{0,15}$/.test(value) ? Number(value) : void 0;
function readTimeout(read) {
  const seconds2 = wholeNumber(read, "timeout", 1) ?? 120;
  if (seconds2 > MAX_TIMEOUT_SECONDS)
    throw badInput("timeout", `at most ${MAX_TIMEOUT_SECONDS} seconds`, `${seconds2}`);
  return seconds2;
}
//! src/inputs/payload.ts
const MAX_PAYLOAD_BYTES = 32 * 1024, MAX_DEPTH = 20, DANGEROUS = ["__proto__", "constructor", "prototype"];
function readPayload(text, warn) {
  if (text === "")
    return "";
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_PAYLOAD_BYTES)
    throw new InputError(`payload: expected at most ${MAX_PAYLOAD_BYTES} bytes, got ${bytes}`);
  const payload = payload_parsed(text);
  if (!isJsonObject(payload))
    throw new InputError(`payload: expected a JSON object such as {"key": "value"}, got ${kindOf(payload)}`);
  const { [PAYLOAD_KEY]: ours, ...users } = payload;
  ours !== void 0 && warn(`payload: the key "${PAYLOAD_KEY}" is reserved and was removed`), inspect(users, "", 1);
  const members = [...membersOf(text)].filter(([key]) => key !== PAYLOAD_KEY);
  return members.length === 0 ? "" : objectText(members);
}
function payload_parsed(text) {
  try {
    return JSON.parse(text);
  } catch (error2) {
    const position = /position (\d+)/.exec(String(error2))?.[1], place = position === void 0 ? "" : ` (${placeOf(text, Number(position))})`;
    throw new InputError(`payload: expected a JSON object, got invalid JSON${place}`);
  }
}
function placeOf(text, position) {
  const lines = text.slice(0, position).split(`
`);
  return `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
}
function kindOf(value) {
  return value === null ? "null" : Array.isArray(value) ? "a list" : `a ${typeof value}`;
}
function inspect(value, path2, depth) {
  if (depth > MAX_DEPTH)
    throw new InputError(`payload: expected at most ${MAX_DEPTH} levels`);
  if (typeof value == "number" && !Number.isFinite(value))
    throw new InputError(`payload: the number at ${path2} is too large`);
  if (!(typeof value != "object" || value === null))
    for (const [key, inner] of Object.entries(value)) {
      if (DANGEROUS.includes(key))
        throw new InputError(`payload: the key "${key}" is not allowed`);
      inspect(inner, path2 === "" ? key.slice(0, 40) : `${path2}.${key.slice(0, 40)}`.slice(0, 200), depth + 1);
    }
}
//! src/inputs/types.ts
const SHELLS = ["bash", "sh", "pwsh", "powershell", "cmd", "python"], DELETE = ["none", "deployments", "environment"], INPUT_NAMES = [
  "mode",
  "token",
  "repository",
  "environment",
  "environment-url",
  "deployment-id",
  "ref",
  "task",
  "description",
  "payload",
  "initial-state",
  "state",
  "cancelled-state",
  "log-url",
  "auto-merge",
  "required-contexts",
  "transient-environment",
  "production-environment",
  "auto-inactive",
  "auto-finish",
  "run",
  "shell",
  "working-directory",
  "delete",
  "artifacts",
  "keep",
  "timeout",
  "fail-on-error",
  "dry-run",
  "summary",
  "job-status",
  "action-status",
  "check-run-id",
  "fallback-token"
];
//! src/inputs/inputs.ts
const MODES = ["start", "finish", "deactivate"];
function readInputs(read, workflow, warn) {
  const mode = parsers_choice(read, "mode", MODES) ?? "start", common = readCommon(read, workflow);
  switch (isTooLong(common.description) && warn(`description: truncated to ${MAX_DESCRIPTION_CHARS} characters, GitHub's limit`), mode) {
    case "start":
      return readStart(read, common, workflow, warn);
    case "finish":
      return {
        ...common,
        ...readFinishOptions(read, !0),
        mode,
        environments: environmentNames(read, "environment"),
        task: line(read, "task")
      };
    case "deactivate":
      return readDeactivate(read, common);
  }
}
function readFinishOptions(read, allowsUnfinished) {
  const text = read("state"), results = parseResults(text), isLate = !allowsUnfinished && /^[\s,]*$/.test(text);
  if (text !== "" && results.length === 0 && !isLate)
    throw badInput("state", "a state or result", text);
  const allowed = KNOWN_RESULTS.filter((name) => allowsUnfinished || !isUnfinishedResult(name));
  for (const result of results)
    if (!allowed.includes(result))
      throw notAllowed("state", ["success", ...allowed.filter((name) => name !== "success")], result);
  return {
    results,
    environmentUrl: url(read, "environment-url"),
    artifacts: readArtifacts(read, !allowsUnfinished),
    cancelledState: parsers_choice(read, "cancelled-state", CANCELLED_STATES),
    autoInactive: parsers_choice(read, "auto-inactive", AUTO_INACTIVE)
  };
}
function readStart(read, common, workflow, warn) {
  const finish2 = readFinishOptions(read, !1), ref = line(read, "ref"), autoMerge = parsers_boolean(read, "auto-merge") ?? !1;
  if (autoMerge && ref === "")
    throw new InputError('auto-merge: also set "ref" to a branch name; GitHub merges the default branch into it');
  if (!sameName(common.repository, workflow.repository) && !ref && !common.deploymentId)
    throw new InputError(`ref: set a branch, tag or SHA of ${common.repository}, since it is not the workflow's repository`);
  const command = readCommand(read);
  if (command && finish2.results.length > 0)
    throw new InputError('state: not allowed together with "run", since the exit code of the command decides the state');
  return {
    ...common,
    ...finish2,
    mode: "start",
    environment: environmentName("environment", read("environment")),
    ref,
    task: line(read, "task"),
    payload: readPayload(read("payload"), warn),
    initialState: parsers_choice(read, "initial-state", UNFINISHED_STATES) ?? "in_progress",
    autoMerge,
    requiredContexts: readContexts(read),
    transient: parsers_boolean(read, "transient-environment"),
    production: parsers_boolean(read, "production-environment"),
    autoFinish: parsers_boolean(read, "auto-finish") ?? !0,
    command
  };
}
function readContexts(read) {
  const contexts = list(read, "required-contexts");
  return contexts.includes("*") ? void 0 : contexts;
}
function readCommand(read) {
  const run = read("run"), shell = parsers_choice(read, "shell", SHELLS) ?? "bash";
  return run === "" ? void 0 : { run, shell, workingDirectory: read("working-directory") };
}
function readSelective(read) {
  const names = environmentNames(read, "environment"), unlimited = names.find((name) => /^[*?]+$/.test(name));
  if (unlimited !== void 0)
    throw badInput("environment", "a pattern with at least one character besides * and ?", unlimited);
  return names;
}
function readDeactivate(read, common) {
  const deletion = parsers_choice(read, "delete", DELETE) ?? "none", keep = wholeNumber(read, "keep", 0) ?? 0;
  if (keep > 0 && deletion !== "deployments")
    throw badInput("keep", '0, or "delete: deployments" together with it', `${keep}`);
  return {
    ...common,
    mode: "deactivate",
    environments: readSelective(read),
    task: line(read, "task"),
    ref: line(read, "ref"),
    artifacts: readSubjects(read),
    delete: deletion,
    keep
  };
}
//! src/inputs/migration.ts
const REPLACEMENTS = /* @__PURE__ */ new Map([
  ["step", "mode"],
  ["env", "environment"],
  ["environment-suffix", "environment"],
  ["env_url", "environment-url"],
  ["environment_url", "environment-url"],
  ["target_url", "environment-url"],
  ["target-url", "environment-url"],
  ["desc", "description"],
  ["logs", "log-url"],
  ["log_url", "log-url"],
  ["status", "state"],
  ["deployment_id", "deployment-id"],
  ["initial-status", "initial-state"],
  ["initial_status", "initial-state"],
  ["auto_inactive", "auto-inactive"],
  ["auto-close", "auto-finish"],
  ["override", "auto-inactive"],
  ["no_override", "auto-inactive"],
  ["auto_merge", "auto-merge"],
  ["required_contexts", "required-contexts"],
  ["transient", "transient-environment"],
  ["transient_environment", "transient-environment"],
  ["production_environment", "production-environment"],
  ["sha", "ref"],
  ["repo", "repository"],
  ["owner", "repository"],
  ["onlyRemoveDeployments", "delete"],
  ["onlyDeactivateDeployments", "mode"]
]), MIGRATION_NAMES = [...REPLACEMENTS.keys()], STEPS = /* @__PURE__ */ new Map([
  ["finish", "`mode: finish`"],
  ["deactivate-env", "`mode: deactivate`"],
  ["delete-env", "`mode: deactivate` with `delete: environment`"]
]);
function refuseStepInput(env, mode, guide) {
  const step = (env.INPUT_STEP ?? "").trim().toLowerCase(), replacement = STEPS.get(step);
  if (!(mode !== "start" || replacement === void 0))
    throw new InputError(`step: use ${replacement} instead of \`step: ${step}\`. Without it, this step would create a deployment. Migration guide: ${guide}`, "migration");
}
function withMigrationHint(error2, env, guide) {
  const names = MIGRATION_NAMES.filter((name) => (env[`INPUT_${name.toUpperCase()}`] ?? "").trim() !== "");
  if (!(error2 instanceof ActionError && !(error2 instanceof RequestError)) || names.length === 0 || error2.message.includes(guide))
    return error2;
  const hints = names.map((name) => `"${name}" is "${REPLACEMENTS.get(name)}"`);
  return new ActionError(`${error2.message}
Inputs of another action are set; in this action ${hints.join(", ")}. Migration guide: ${guide}`, { cause: error2, section: "migration" });
}
const external_node_os_namespaceObject = /* @__PURE__ */ lateModule("node:os"), external_node_child_process_namespaceObject = /* @__PURE__ */ lateModule("node:child_process");
//! src/runner/process-group.ts
const KILL_AFTER_MS = 900, GIVE_UP_AFTER_MS = 1e3, GRACE_MS = 500, POLL_MS = 25, IS_WINDOWS = process.platform === "win32", SIGNALS = ["SIGINT", "SIGTERM", ...IS_WINDOWS ? ["SIGBREAK"] : []];
async function runInGroup(program) {
  let pid, isInterrupted = !1, giveUp = () => {
  };
  const limit = new Promise((resolve) => {
    giveUp = resolve;
  }), forward = (signal) => {
    isInterrupted = !0, process_group_send(pid, signal), signal !== "SIGINT" && (setTimeout(() => process_group_send(pid, "SIGKILL"), KILL_AFTER_MS), setTimeout(giveUp, GIVE_UP_AFTER_MS));
  };
  for (const signal of SIGNALS)
    process.on(signal, forward);
  try {
    const child = start(program);
    pid = child.pid;
    const exitCode = await Promise.race([child.exitCode, limit]);
    return exitCode !== void 0 && !isInterrupted ? { exitCode } : (await Promise.race([endGroup(pid), limit]), "interrupted");
  } finally {
    if (pid = void 0, !isInterrupted)
      for (const signal of SIGNALS)
        process.off(signal, forward);
  }
}
function start({ file, args, cwd, env }) {
  const child = (0, external_node_child_process_namespaceObject.spawn)(file, args, {
    env,
    stdio: ["ignore", "inherit", "inherit"],
    // Windows has no process groups.
    detached: !IS_WINDOWS,
    // cmd has its own quoting rules, which Node's escaping breaks.
    windowsVerbatimArguments: file === "cmd",
    ...cwd !== "" && { cwd }
  }), exitCode = new Promise((resolve, reject) => {
    child.once("error", reject), child.once("exit", (code, signal) => resolve(code ?? 128 + external_node_os_namespaceObject.constants.signals[signal ?? "SIGKILL"]));
  });
  return { pid: child.pid, exitCode };
}
async function endGroup(pid) {
  if (process_group_send(pid, "SIGTERM")) {
    for (let waited = 0; waited < GRACE_MS; waited += POLL_MS)
      if (await new Promise((resolve) => setTimeout(resolve, POLL_MS)), !process_group_send(pid, 0))
        return;
    process_group_send(pid, "SIGKILL");
  }
}
function process_group_send(pid, signal) {
  if (pid === void 0)
    return !1;
  const isFromConsole = IS_WINDOWS && (signal === "SIGINT" || signal === "SIGBREAK");
  try {
    return process.kill(IS_WINDOWS ? pid : -pid, isFromConsole ? 0 : signal);
  } catch {
    return !1;
  }
}
//! src/lib/clock.ts
const startedAt = Date.now() - process.uptime() * 1e3, realClock = {
  now: () => Math.round(startedAt + process.uptime() * 1e3),
  sleep: (milliseconds2) => new Promise((resolve) => setTimeout(resolve, milliseconds2)),
  after(milliseconds2, work) {
    const timer = setTimeout(work, milliseconds2);
    return () => clearTimeout(timer);
  },
  deadline(milliseconds2) {
    const controller = new AbortController(), timer = setTimeout(() => controller.abort(), milliseconds2);
    return { signal: controller.signal, clear: () => clearTimeout(timer) };
  },
  random: Math.random,
  // `@actions/core` loads `node:crypto`; the global `crypto` would also load Web Crypto.
  unique: () => (0, external_node_crypto_namespaceObject.randomUUID)()
};
//! src/lib/redact.ts
const MIN_PIECE_CHARS = 8, MAX_PIECE_CHARS = 1024, ELLIPSIS = "\u2026";
function createRedactor() {
  let forms = [];
  return {
    add(secret) {
      forms = [.../* @__PURE__ */ new Set([...forms, ...formsOf(secret)])].sort((one, other) => other.length - one.length);
    },
    redact: (text) => forms.reduce((result, form) => withoutStart(result.replaceAll(form, "***"), form), text)
  };
}
function formsOf(secret) {
  const long = [
    encodeURIComponent(secret.toWellFormed()),
    JSON.stringify(secret).slice(1, -1),
    escapeMarkdown(secret),
    Buffer.from(secret).toString("hex"),
    ...base64Of(secret)
  ].filter((form) => form.length >= MIN_PIECE_CHARS);
  return [.../* @__PURE__ */ new Set([secret, ...long])];
}
function base64Of(secret) {
  const bytes = Buffer.from(secret);
  return [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]), [from, to] = [Math.ceil(before * 8 / 6), Math.floor(text.length * 8 / 6)];
    return ["base64", "base64url"].map((form) => text.toString(form).slice(from, to));
  });
}
function withoutStart(text, secret) {
  if (!text.includes(ELLIPSIS))
    return text;
  let result = text;
  const longest = Math.min(secret.length - 1, MAX_PIECE_CHARS);
  for (let length = longest; length >= MIN_PIECE_CHARS; length--)
    result = result.replaceAll(secret.slice(0, length) + ELLIPSIS, `***${ELLIPSIS}`);
  return result;
}
//! node_modules/@actions/core/lib/utils.js
function utils_toCommandValue(input) {
  return input == null ? "" : typeof input == "string" || input instanceof String ? input : JSON.stringify(input);
}
function toCommandProperties(annotationProperties) {
  return Object.keys(annotationProperties).length ? {
    title: annotationProperties.title,
    file: annotationProperties.file,
    line: annotationProperties.startLine,
    endLine: annotationProperties.endLine,
    col: annotationProperties.startColumn,
    endColumn: annotationProperties.endColumn
  } : {};
}
//! node_modules/@actions/core/lib/command.js
function command_issueCommand(command, properties, message) {
  const cmd = new Command(command, properties, message);
  process.stdout.write(cmd.toString() + external_os_namespaceObject.EOL);
}
const CMD_STRING = "::";
class Command {
  constructor(command, properties, message) {
    command || (command = "missing.command"), this.command = command, this.properties = properties, this.message = message;
  }
  toString() {
    let cmdStr = CMD_STRING + this.command;
    if (this.properties && Object.keys(this.properties).length > 0) {
      cmdStr += " ";
      let first = !0;
      for (const key in this.properties)
        if (this.properties.hasOwnProperty(key)) {
          const val = this.properties[key];
          val && (first ? first = !1 : cmdStr += ",", cmdStr += `${key}=${escapeProperty(val)}`);
        }
    }
    return cmdStr += `${CMD_STRING}${escapeData(this.message)}`, cmdStr;
  }
}
function escapeData(s) {
  return utils_toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}
function escapeProperty(s) {
  return utils_toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A").replace(/:/g, "%3A").replace(/,/g, "%2C");
}
const external_crypto_namespaceObject = /* @__PURE__ */ lateModule("crypto");
//! node_modules/@actions/core/lib/file-command.js
function file_command_issueFileCommand(command, message) {
  const filePath = process.env[`GITHUB_${command}`];
  if (!filePath)
    throw new Error(`Unable to find environment variable for file command ${command}`);
  if (!external_fs_namespaceObject.existsSync(filePath))
    throw new Error(`Missing file at path: ${filePath}`);
  external_fs_namespaceObject.appendFileSync(filePath, `${utils_toCommandValue(message)}${external_os_namespaceObject.EOL}`, {
    encoding: "utf8"
  });
}
function file_command_prepareKeyValueMessage(key, value) {
  const delimiter = `ghadelimiter_${external_crypto_namespaceObject.randomUUID()}`, convertedValue = utils_toCommandValue(value);
  if (key.includes(delimiter))
    throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
  if (convertedValue.includes(delimiter))
    throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
  return `${key}<<${delimiter}${external_os_namespaceObject.EOL}${convertedValue}${external_os_namespaceObject.EOL}${delimiter}`;
}
const external_path_namespaceObject = /* @__PURE__ */ lateModule("path");
//! node_modules/@actions/core/lib/oidc-utils.js
//! node_modules/@actions/core/lib/summary.js
var summary_awaiter = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve) {
      resolve(value);
    });
  }
  return new (P || (P = Promise))(function(resolve, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator.throw(value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
const { access, appendFile, writeFile } = external_fs_namespaceObject.promises, SUMMARY_ENV_VAR = "GITHUB_STEP_SUMMARY";
class Summary {
  constructor() {
    this._buffer = "";
  }
  /**
   * Finds the summary file path from the environment, rejects if env var is not found or file does not exist
   * Also checks r/w permissions.
   *
   * @returns step summary file path
   */
  filePath() {
    return summary_awaiter(this, void 0, void 0, function* () {
      if (this._filePath)
        return this._filePath;
      const pathFromEnv = process.env[SUMMARY_ENV_VAR];
      if (!pathFromEnv)
        throw new Error(`Unable to find environment variable for $${SUMMARY_ENV_VAR}. Check if your runtime environment supports job summaries.`);
      try {
        yield access(pathFromEnv, external_fs_namespaceObject.constants.R_OK | external_fs_namespaceObject.constants.W_OK);
      } catch {
        throw new Error(`Unable to access summary file: '${pathFromEnv}'. Check if the file has correct read/write permissions.`);
      }
      return this._filePath = pathFromEnv, this._filePath;
    });
  }
  /**
   * Wraps content in an HTML tag, adding any HTML attributes
   *
   * @param {string} tag HTML tag to wrap
   * @param {string | null} content content within the tag
   * @param {[attribute: string]: string} attrs key-value list of HTML attributes to add
   *
   * @returns {string} content wrapped in HTML element
   */
  wrap(tag, content, attrs = {}) {
    const htmlAttrs = Object.entries(attrs).map(([key, value]) => ` ${key}="${value}"`).join("");
    return content ? `<${tag}${htmlAttrs}>${content}</${tag}>` : `<${tag}${htmlAttrs}>`;
  }
  /**
   * Writes text in the buffer to the summary buffer file and empties buffer. Will append by default.
   *
   * @param {SummaryWriteOptions} [options] (optional) options for write operation
   *
   * @returns {Promise<Summary>} summary instance
   */
  write(options) {
    return summary_awaiter(this, void 0, void 0, function* () {
      const overwrite = !!options?.overwrite, filePath = yield this.filePath();
      return yield (overwrite ? writeFile : appendFile)(filePath, this._buffer, { encoding: "utf8" }), this.emptyBuffer();
    });
  }
  /**
   * Clears the summary buffer and wipes the summary file
   *
   * @returns {Summary} summary instance
   */
  clear() {
    return summary_awaiter(this, void 0, void 0, function* () {
      return this.emptyBuffer().write({ overwrite: !0 });
    });
  }
  /**
   * Returns the current summary buffer as a string
   *
   * @returns {string} string of summary buffer
   */
  stringify() {
    return this._buffer;
  }
  /**
   * If the summary buffer is empty
   *
   * @returns {boolen} true if the buffer is empty
   */
  isEmptyBuffer() {
    return this._buffer.length === 0;
  }
  /**
   * Resets the summary buffer without writing to summary file
   *
   * @returns {Summary} summary instance
   */
  emptyBuffer() {
    return this._buffer = "", this;
  }
  /**
   * Adds raw text to the summary buffer
   *
   * @param {string} text content to add
   * @param {boolean} [addEOL=false] (optional) append an EOL to the raw text (default: false)
   *
   * @returns {Summary} summary instance
   */
  addRaw(text, addEOL = !1) {
    return this._buffer += text, addEOL ? this.addEOL() : this;
  }
  /**
   * Adds the operating system-specific end-of-line marker to the buffer
   *
   * @returns {Summary} summary instance
   */
  addEOL() {
    return this.addRaw(external_os_namespaceObject.EOL);
  }
  /**
   * Adds an HTML codeblock to the summary buffer
   *
   * @param {string} code content to render within fenced code block
   * @param {string} lang (optional) language to syntax highlight code
   *
   * @returns {Summary} summary instance
   */
  addCodeBlock(code, lang) {
    const attrs = Object.assign({}, lang && { lang }), element = this.wrap("pre", this.wrap("code", code), attrs);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML list to the summary buffer
   *
   * @param {string[]} items list of items to render
   * @param {boolean} [ordered=false] (optional) if the rendered list should be ordered or not (default: false)
   *
   * @returns {Summary} summary instance
   */
  addList(items, ordered = !1) {
    const tag = ordered ? "ol" : "ul", listItems = items.map((item) => this.wrap("li", item)).join(""), element = this.wrap(tag, listItems);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML table to the summary buffer
   *
   * @param {SummaryTableCell[]} rows table rows
   *
   * @returns {Summary} summary instance
   */
  addTable(rows) {
    const tableBody = rows.map((row) => {
      const cells = row.map((cell) => {
        if (typeof cell == "string")
          return this.wrap("td", cell);
        const { header, data, colspan, rowspan } = cell, tag = header ? "th" : "td", attrs = Object.assign(Object.assign({}, colspan && { colspan }), rowspan && { rowspan });
        return this.wrap(tag, data, attrs);
      }).join("");
      return this.wrap("tr", cells);
    }).join(""), element = this.wrap("table", tableBody);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds a collapsable HTML details element to the summary buffer
   *
   * @param {string} label text for the closed state
   * @param {string} content collapsable content
   *
   * @returns {Summary} summary instance
   */
  addDetails(label, content) {
    const element = this.wrap("details", this.wrap("summary", label) + content);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML image tag to the summary buffer
   *
   * @param {string} src path to the image you to embed
   * @param {string} alt text description of the image
   * @param {SummaryImageOptions} options (optional) addition image attributes
   *
   * @returns {Summary} summary instance
   */
  addImage(src, alt, options) {
    const { width, height } = options || {}, attrs = Object.assign(Object.assign({}, width && { width }), height && { height }), element = this.wrap("img", null, Object.assign({ src, alt }, attrs));
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML section heading element
   *
   * @param {string} text heading text
   * @param {number | string} [level=1] (optional) the heading level, default: 1
   *
   * @returns {Summary} summary instance
   */
  addHeading(text, level) {
    const tag = `h${level}`, allowedTag = ["h1", "h2", "h3", "h4", "h5", "h6"].includes(tag) ? tag : "h1", element = this.wrap(allowedTag, text);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML thematic break (<hr>) to the summary buffer
   *
   * @returns {Summary} summary instance
   */
  addSeparator() {
    const element = this.wrap("hr", null);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML line break (<br>) to the summary buffer
   *
   * @returns {Summary} summary instance
   */
  addBreak() {
    const element = this.wrap("br", null);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML blockquote to the summary buffer
   *
   * @param {string} text quote text
   * @param {string} cite (optional) citation url
   *
   * @returns {Summary} summary instance
   */
  addQuote(text, cite) {
    const attrs = Object.assign({}, cite && { cite }), element = this.wrap("blockquote", text, attrs);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML anchor tag to the summary buffer
   *
   * @param {string} text link text/content
   * @param {string} href hyperlink
   *
   * @returns {Summary} summary instance
   */
  addLink(text, href) {
    const element = this.wrap("a", text, { href });
    return this.addRaw(element).addEOL();
  }
}
const _summary = new Summary();
//! node_modules/@actions/core/lib/path-utils.js
const external_string_decoder_namespaceObject = /* @__PURE__ */ lateModule("string_decoder"), external_events_namespaceObject = /* @__PURE__ */ lateModule("events"), external_child_process_namespaceObject = /* @__PURE__ */ lateModule("child_process");
//! node_modules/@actions/io/lib/io-util.js
var io_util_awaiter = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve) {
      resolve(value);
    });
  }
  return new (P || (P = Promise))(function(resolve, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator.throw(value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
const { chmod, copyFile, lstat, mkdir, open: io_util_open, readdir, rename, rm, rmdir, stat, symlink, unlink } = external_fs_namespaceObject.promises, io_util_IS_WINDOWS = process.platform === "win32";
const READONLY = external_fs_namespaceObject.constants.O_RDONLY;
function exists(fsPath) {
  return io_util_awaiter(this, void 0, void 0, function* () {
    try {
      yield stat(fsPath);
    } catch (err) {
      if (err.code === "ENOENT")
        return !1;
      throw err;
    }
    return !0;
  });
}
function isRooted(p) {
  if (p = normalizeSeparators(p), !p)
    throw new Error('isRooted() parameter "p" cannot be empty');
  return io_util_IS_WINDOWS ? p.startsWith("\\") || /^[A-Z]:/i.test(p) : p.startsWith("/");
}
function tryGetExecutablePath(filePath, extensions) {
  return io_util_awaiter(this, void 0, void 0, function* () {
    let stats;
    try {
      stats = yield stat(filePath);
    } catch (err) {
      err.code !== "ENOENT" && console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
    }
    if (stats && stats.isFile()) {
      if (io_util_IS_WINDOWS) {
        const upperExt = external_path_namespaceObject.extname(filePath).toUpperCase();
        if (extensions.some((validExt) => validExt.toUpperCase() === upperExt))
          return filePath;
      } else if (isUnixExecutable(stats))
        return filePath;
    }
    const originalFilePath = filePath;
    for (const extension of extensions) {
      filePath = originalFilePath + extension, stats = void 0;
      try {
        stats = yield stat(filePath);
      } catch (err) {
        err.code !== "ENOENT" && console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
      }
      if (stats && stats.isFile()) {
        if (io_util_IS_WINDOWS) {
          try {
            const directory = external_path_namespaceObject.dirname(filePath), upperName = external_path_namespaceObject.basename(filePath).toUpperCase();
            for (const actualName of yield readdir(directory))
              if (upperName === actualName.toUpperCase()) {
                filePath = external_path_namespaceObject.join(directory, actualName);
                break;
              }
          } catch (err) {
            console.log(`Unexpected error attempting to determine the actual case of the file '${filePath}': ${err}`);
          }
          return filePath;
        } else if (isUnixExecutable(stats))
          return filePath;
      }
    }
    return "";
  });
}
function normalizeSeparators(p) {
  return p = p || "", io_util_IS_WINDOWS ? (p = p.replace(/\//g, "\\"), p.replace(/\\\\+/g, "\\")) : p.replace(/\/\/+/g, "/");
}
function isUnixExecutable(stats) {
  return (stats.mode & 1) > 0 || (stats.mode & 8) > 0 && process.getgid !== void 0 && stats.gid === process.getgid() || (stats.mode & 64) > 0 && process.getuid !== void 0 && stats.uid === process.getuid();
}
//! node_modules/@actions/io/lib/io.js
var io_awaiter = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve) {
      resolve(value);
    });
  }
  return new (P || (P = Promise))(function(resolve, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator.throw(value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
function which(tool, check) {
  return io_awaiter(this, void 0, void 0, function* () {
    if (!tool)
      throw new Error("parameter 'tool' is required");
    if (check) {
      const result = yield which(tool, !1);
      if (!result)
        throw io_util_IS_WINDOWS ? new Error(`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also verify the file has a valid extension for an executable file.`) : new Error(`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also check the file mode to verify the file is executable.`);
      return result;
    }
    const matches2 = yield findInPath(tool);
    return matches2 && matches2.length > 0 ? matches2[0] : "";
  });
}
function findInPath(tool) {
  return io_awaiter(this, void 0, void 0, function* () {
    if (!tool)
      throw new Error("parameter 'tool' is required");
    const extensions = [];
    if (io_util_IS_WINDOWS && process.env.PATHEXT)
      for (const extension of process.env.PATHEXT.split(external_path_namespaceObject.delimiter))
        extension && extensions.push(extension);
    if (isRooted(tool)) {
      const filePath = yield tryGetExecutablePath(tool, extensions);
      return filePath ? [filePath] : [];
    }
    if (tool.includes(external_path_namespaceObject.sep))
      return [];
    const directories = [];
    if (process.env.PATH)
      for (const p of process.env.PATH.split(external_path_namespaceObject.delimiter))
        p && directories.push(p);
    const matches2 = [];
    for (const directory of directories) {
      const filePath = yield tryGetExecutablePath(external_path_namespaceObject.join(directory, tool), extensions);
      filePath && matches2.push(filePath);
    }
    return matches2;
  });
}
const external_timers_namespaceObject = /* @__PURE__ */ lateModule("timers");
//! node_modules/@actions/exec/lib/toolrunner.js
var toolrunner_awaiter = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve) {
      resolve(value);
    });
  }
  return new (P || (P = Promise))(function(resolve, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator.throw(value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
const toolrunner_IS_WINDOWS = process.platform === "win32";
class ToolRunner extends external_events_namespaceObject.EventEmitter {
  constructor(toolPath, args, options) {
    if (super(), !toolPath)
      throw new Error("Parameter 'toolPath' cannot be null or empty.");
    this.toolPath = toolPath, this.args = args || [], this.options = options || {};
  }
  _debug(message) {
    this.options.listeners && this.options.listeners.debug && this.options.listeners.debug(message);
  }
  _getCommandString(options, noPrefix) {
    const toolPath = this._getSpawnFileName(), args = this._getSpawnArgs(options);
    let cmd = noPrefix ? "" : "[command]";
    if (toolrunner_IS_WINDOWS)
      if (this._isCmdFile()) {
        cmd += toolPath;
        for (const a of args)
          cmd += ` ${a}`;
      } else if (options.windowsVerbatimArguments) {
        cmd += `"${toolPath}"`;
        for (const a of args)
          cmd += ` ${a}`;
      } else {
        cmd += this._windowsQuoteCmdArg(toolPath);
        for (const a of args)
          cmd += ` ${this._windowsQuoteCmdArg(a)}`;
      }
    else {
      cmd += toolPath;
      for (const a of args)
        cmd += ` ${a}`;
    }
    return cmd;
  }
  _processLineBuffer(data, strBuffer, onLine) {
    try {
      let s = strBuffer + data.toString(), n = s.indexOf(external_os_namespaceObject.EOL);
      for (; n > -1; ) {
        const line2 = s.substring(0, n);
        onLine(line2), s = s.substring(n + external_os_namespaceObject.EOL.length), n = s.indexOf(external_os_namespaceObject.EOL);
      }
      return s;
    } catch (err) {
      return this._debug(`error processing line. Failed with error ${err}`), "";
    }
  }
  _getSpawnFileName() {
    return toolrunner_IS_WINDOWS && this._isCmdFile() ? process.env.COMSPEC || "cmd.exe" : this.toolPath;
  }
  _getSpawnArgs(options) {
    if (toolrunner_IS_WINDOWS && this._isCmdFile()) {
      let argline = `/D /S /C "${this._windowsQuoteCmdArg(this.toolPath)}`;
      for (const a of this.args)
        argline += " ", argline += options.windowsVerbatimArguments ? a : this._windowsQuoteCmdArg(a);
      return argline += '"', [argline];
    }
    return this.args;
  }
  _endsWith(str, end) {
    return str.endsWith(end);
  }
  _isCmdFile() {
    const upperToolPath = this.toolPath.toUpperCase();
    return this._endsWith(upperToolPath, ".CMD") || this._endsWith(upperToolPath, ".BAT");
  }
  _windowsQuoteCmdArg(arg) {
    if (!this._isCmdFile())
      return this._uvQuoteCmdArg(arg);
    if (!arg)
      return '""';
    const cmdSpecialChars = [
      " ",
      "	",
      "&",
      "(",
      ")",
      "[",
      "]",
      "{",
      "}",
      "^",
      "=",
      ";",
      "!",
      "'",
      "+",
      ",",
      "`",
      "~",
      "|",
      "<",
      ">",
      '"'
    ];
    let needsQuotes = !1;
    for (const char of arg)
      if (cmdSpecialChars.some((x) => x === char)) {
        needsQuotes = !0;
        break;
      }
    if (!needsQuotes)
      return arg;
    let reverse = '"', quoteHit = !0;
    for (let i = arg.length; i > 0; i--)
      reverse += arg[i - 1], quoteHit && arg[i - 1] === "\\" ? reverse += "\\" : arg[i - 1] === '"' ? (quoteHit = !0, reverse += '"') : quoteHit = !1;
    return reverse += '"', reverse.split("").reverse().join("");
  }
  _uvQuoteCmdArg(arg) {
    if (!arg)
      return '""';
    if (!arg.includes(" ") && !arg.includes("	") && !arg.includes('"'))
      return arg;
    if (!arg.includes('"') && !arg.includes("\\"))
      return `"${arg}"`;
    let reverse = '"', quoteHit = !0;
    for (let i = arg.length; i > 0; i--)
      reverse += arg[i - 1], quoteHit && arg[i - 1] === "\\" ? reverse += "\\" : arg[i - 1] === '"' ? (quoteHit = !0, reverse += "\\") : quoteHit = !1;
    return reverse += '"', reverse.split("").reverse().join("");
  }
  _cloneExecOptions(options) {
    options = options || {};
    const result = {
      cwd: options.cwd || process.cwd(),
      env: options.env || process.env,
      silent: options.silent || !1,
      windowsVerbatimArguments: options.windowsVerbatimArguments || !1,
      failOnStdErr: options.failOnStdErr || !1,
      ignoreReturnCode: options.ignoreReturnCode || !1,
      delay: options.delay || 1e4
    };
    return result.outStream = options.outStream || process.stdout, result.errStream = options.errStream || process.stderr, result;
  }
  _getSpawnOptions(options, toolPath) {
    options = options || {};
    const result = {};
    return result.cwd = options.cwd, result.env = options.env, result.windowsVerbatimArguments = options.windowsVerbatimArguments || this._isCmdFile(), options.windowsVerbatimArguments && (result.argv0 = `"${toolPath}"`), result;
  }
  /**
   * Exec a tool.
   * Output will be streamed to the live console.
   * Returns promise with return code
   *
   * @param     tool     path to tool to exec
   * @param     options  optional exec options.  See ExecOptions
   * @returns   number
   */
  exec() {
    return toolrunner_awaiter(this, void 0, void 0, function* () {
      return !isRooted(this.toolPath) && (this.toolPath.includes("/") || toolrunner_IS_WINDOWS && this.toolPath.includes("\\")) && (this.toolPath = external_path_namespaceObject.resolve(process.cwd(), this.options.cwd || process.cwd(), this.toolPath)), this.toolPath = yield which(this.toolPath, !0), new Promise((resolve, reject) => toolrunner_awaiter(this, void 0, void 0, function* () {
        this._debug(`exec tool: ${this.toolPath}`), this._debug("arguments:");
        for (const arg of this.args)
          this._debug(`   ${arg}`);
        const optionsNonNull = this._cloneExecOptions(this.options);
        !optionsNonNull.silent && optionsNonNull.outStream && optionsNonNull.outStream.write(this._getCommandString(optionsNonNull) + external_os_namespaceObject.EOL);
        const state = new ExecState(optionsNonNull, this.toolPath);
        if (state.on("debug", (message) => {
          this._debug(message);
        }), this.options.cwd && !(yield exists(this.options.cwd)))
          return reject(new Error(`The cwd: ${this.options.cwd} does not exist!`));
        const fileName = this._getSpawnFileName(), cp = external_child_process_namespaceObject.spawn(fileName, this._getSpawnArgs(optionsNonNull), this._getSpawnOptions(this.options, fileName));
        let stdbuffer = "";
        cp.stdout && cp.stdout.on("data", (data) => {
          this.options.listeners && this.options.listeners.stdout && this.options.listeners.stdout(data), !optionsNonNull.silent && optionsNonNull.outStream && optionsNonNull.outStream.write(data), stdbuffer = this._processLineBuffer(data, stdbuffer, (line2) => {
            this.options.listeners && this.options.listeners.stdline && this.options.listeners.stdline(line2);
          });
        });
        let errbuffer = "";
        if (cp.stderr && cp.stderr.on("data", (data) => {
          state.processStderr = !0, this.options.listeners && this.options.listeners.stderr && this.options.listeners.stderr(data), !optionsNonNull.silent && optionsNonNull.errStream && optionsNonNull.outStream && (optionsNonNull.failOnStdErr ? optionsNonNull.errStream : optionsNonNull.outStream).write(data), errbuffer = this._processLineBuffer(data, errbuffer, (line2) => {
            this.options.listeners && this.options.listeners.errline && this.options.listeners.errline(line2);
          });
        }), cp.on("error", (err) => {
          state.processError = err.message, state.processExited = !0, state.processClosed = !0, state.CheckComplete();
        }), cp.on("exit", (code) => {
          state.processExitCode = code, state.processExited = !0, this._debug(`Exit code ${code} received from tool '${this.toolPath}'`), state.CheckComplete();
        }), cp.on("close", (code) => {
          state.processExitCode = code, state.processExited = !0, state.processClosed = !0, this._debug(`STDIO streams have closed for tool '${this.toolPath}'`), state.CheckComplete();
        }), state.on("done", (error2, exitCode) => {
          stdbuffer.length > 0 && this.emit("stdline", stdbuffer), errbuffer.length > 0 && this.emit("errline", errbuffer), cp.removeAllListeners(), error2 ? reject(error2) : resolve(exitCode);
        }), this.options.input) {
          if (!cp.stdin)
            throw new Error("child process missing stdin");
          cp.stdin.end(this.options.input);
        }
      }));
    });
  }
}
function argStringToArray(argString) {
  const args = [];
  let inQuotes = !1, escaped = !1, arg = "";
  function append(c) {
    escaped && c !== '"' && (arg += "\\"), arg += c, escaped = !1;
  }
  for (let i = 0; i < argString.length; i++) {
    const c = argString.charAt(i);
    if (c === '"') {
      escaped ? append(c) : inQuotes = !inQuotes;
      continue;
    }
    if (c === "\\" && escaped) {
      append(c);
      continue;
    }
    if (c === "\\" && inQuotes) {
      escaped = !0;
      continue;
    }
    if (c === " " && !inQuotes) {
      arg.length > 0 && (args.push(arg), arg = "");
      continue;
    }
    append(c);
  }
  return arg.length > 0 && args.push(arg.trim()), args;
}
class ExecState extends external_events_namespaceObject.EventEmitter {
  constructor(options, toolPath) {
    if (super(), this.processClosed = !1, this.processError = "", this.processExitCode = 0, this.processExited = !1, this.processStderr = !1, this.delay = 1e4, this.done = !1, this.timeout = null, !toolPath)
      throw new Error("toolPath must not be empty");
    this.options = options, this.toolPath = toolPath, options.delay && (this.delay = options.delay);
  }
  CheckComplete() {
    this.done || (this.processClosed ? this._setResult() : this.processExited && (this.timeout = (0, external_timers_namespaceObject.setTimeout)(ExecState.HandleTimeout, this.delay, this)));
  }
  _debug(message) {
    this.emit("debug", message);
  }
  _setResult() {
    let error2;
    this.processExited && (this.processError ? error2 = new Error(`There was an error when attempting to execute the process '${this.toolPath}'. This may indicate the process failed to start. Error: ${this.processError}`) : this.processExitCode !== 0 && !this.options.ignoreReturnCode ? error2 = new Error(`The process '${this.toolPath}' failed with exit code ${this.processExitCode}`) : this.processStderr && this.options.failOnStdErr && (error2 = new Error(`The process '${this.toolPath}' failed because one or more lines were written to the STDERR stream`))), this.timeout && (clearTimeout(this.timeout), this.timeout = null), this.done = !0, this.emit("done", error2, this.processExitCode);
  }
  static HandleTimeout(state) {
    if (!state.done) {
      if (!state.processClosed && state.processExited) {
        const message = `The STDIO streams did not close within ${state.delay / 1e3} seconds of the exit event from process '${state.toolPath}'. This may indicate a child process inherited the STDIO streams and has not yet exited.`;
        state._debug(message);
      }
      state._setResult();
    }
  }
}
//! node_modules/@actions/exec/lib/exec.js
var exec_awaiter = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve) {
      resolve(value);
    });
  }
  return new (P || (P = Promise))(function(resolve, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator.throw(value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
function exec_exec(commandLine, args, options) {
  return exec_awaiter(this, void 0, void 0, function* () {
    const commandArgs = argStringToArray(commandLine);
    if (commandArgs.length === 0)
      throw new Error("Parameter 'commandLine' cannot be null or empty.");
    const toolPath = commandArgs[0];
    return args = commandArgs.slice(1).concat(args || []), new ToolRunner(toolPath, args, options).exec();
  });
}
function getExecOutput(commandLine, args, options) {
  return exec_awaiter(this, void 0, void 0, function* () {
    var _a, _b;
    let stdout = "", stderr = "";
    const stdoutDecoder = new external_string_decoder_namespaceObject.StringDecoder("utf8"), stderrDecoder = new external_string_decoder_namespaceObject.StringDecoder("utf8"), originalStdoutListener = (_a = options?.listeners) === null || _a === void 0 ? void 0 : _a.stdout, originalStdErrListener = (_b = options?.listeners) === null || _b === void 0 ? void 0 : _b.stderr, stdErrListener = (data) => {
      stderr += stderrDecoder.write(data), originalStdErrListener && originalStdErrListener(data);
    }, stdOutListener = (data) => {
      stdout += stdoutDecoder.write(data), originalStdoutListener && originalStdoutListener(data);
    }, listeners = Object.assign(Object.assign({}, options?.listeners), { stdout: stdOutListener, stderr: stdErrListener }), exitCode = yield exec_exec(commandLine, args, Object.assign(Object.assign({}, options), { listeners }));
    return stdout += stdoutDecoder.end(), stderr += stderrDecoder.end(), {
      exitCode,
      stdout,
      stderr
    };
  });
}
//! node_modules/@actions/core/lib/platform.js
const platform = external_os_namespaceObject.platform(), arch = external_os_namespaceObject.arch();
//! node_modules/@actions/core/lib/core.js
var ExitCode;
(function(ExitCode2) {
  ExitCode2[ExitCode2.Success = 0] = "Success", ExitCode2[ExitCode2.Failure = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
function core_setSecret(secret) {
  command_issueCommand("add-mask", {}, secret);
}
function getInput(name, options) {
  const val = process.env[`INPUT_${name.replace(/ /g, "_").toUpperCase()}`] || "";
  if (options && options.required && !val)
    throw new Error(`Input required and not supplied: ${name}`);
  return options && options.trimWhitespace === !1 ? val : val.trim();
}
function setOutput(name, value) {
  if (process.env.GITHUB_OUTPUT || "")
    return file_command_issueFileCommand("OUTPUT", file_command_prepareKeyValueMessage(name, value));
  process.stdout.write(external_os_namespaceObject.EOL), command_issueCommand("set-output", { name }, utils_toCommandValue(value));
}
function setFailed(message) {
  process.exitCode = ExitCode.Failure, error(message);
}
function isDebug() {
  return process.env.RUNNER_DEBUG === "1";
}
function core_debug(message) {
  command_issueCommand("debug", {}, message);
}
function error(message, properties = {}) {
  command_issueCommand("error", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function warning(message, properties = {}) {
  command_issueCommand("warning", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function notice(message, properties = {}) {
  command_issueCommand("notice", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function info(message) {
  process.stdout.write(message + external_os_namespaceObject.EOL);
}
function saveState(name, value) {
  if (process.env.GITHUB_STATE || "")
    return file_command_issueFileCommand("STATE", file_command_prepareKeyValueMessage(name, value));
  command_issueCommand("save-state", { name }, utils_toCommandValue(value));
}
function getState(name) {
  return process.env[`STATE_${name}`] || "";
}
//! src/runner/toolkit.ts
const toolkitOf = (env) => ({
  getInput: (name) => trimBlanks(getInput(name, { trimWhitespace: !1 })),
  getState,
  info,
  isDebug,
  debug: core_debug,
  notice: (message) => notice(message),
  warning: (message) => warning(message),
  setSecret: core_setSecret,
  setFailed: (message) => setFailed(message),
  // Without the runner's variable, the toolkit would print a deprecated workflow command.
  saveState(name, value) {
    env.GITHUB_STATE && saveState(name, value);
  },
  setOutput(name, value) {
    env.GITHUB_OUTPUT && setOutput(name, value);
  },
  // Without `core.summary`, which loads `fs.promises` and the modules that it needs.
  writeSummary(markdown) {
    const path2 = env.GITHUB_STEP_SUMMARY;
    path2 && (0, external_node_fs_namespaceObject.appendFileSync)(path2, `${markdown}
`);
  }
});
//! src/runner/step.ts
const STATE_NAME = "record", MAX_MESSAGE_CHARS = 4096, step_MAX_LINES = 100, MAX_SUMMARY_BYTES = 1024 * 1024, SUMMARY_TOO_LARGE = "The job summary of this action is left out: with what the command wrote, it would exceed 1 MiB, and the runner would drop both.", STATE_LOSS = "The post step looks for the deployment of this job on GitHub instead.", OUTPUT_LOSS = "Later steps cannot read them.", hostOf = (env) => ({ env, toolkit: toolkitOf(env), clock: realClock });
function openStep({ env, toolkit, clock }) {
  const masked = /* @__PURE__ */ new Set(), { redact: clean, add: add2 } = createRedactor(), lines = (text) => clean(text).split(`
`, step_MAX_LINES).map((line2) => clean(sanitizeLine(line2))), message = (text, section) => {
    const link = section ? `
${seeSection(env, section)}` : "";
    return `${lines(text).join(`
`).slice(0, MAX_MESSAGE_CHARS - link.length)}${link}`;
  }, warning2 = (text, section) => toolkit.warning(message(text, section)), notHandedOn = /* @__PURE__ */ new Set(), handedOn = (what, loss, write) => {
    try {
      return write(), !0;
    } catch {
      return notHandedOn.has(what) || (notHandedOn.add(what), warning2(`${what} could not be saved: the runner's file is missing or read-only, or the disk is full. ${loss}`, "runnerFiles")), !1;
    }
  }, state = openRunnerFile(env.GITHUB_STATE, toolkit.saveState), outputs = openRunnerFile(env.GITHUB_OUTPUT, toolkit.setOutput);
  return {
    env,
    clock,
    redact: clean,
    input: (name) => toolkit.getInput(name),
    savedState: toolkit.getState(STATE_NAME),
    log: {
      info: (text) => {
        for (const line2 of lines(text))
          toolkit.info(line2);
      },
      notice: (text) => toolkit.notice(message(text)),
      warning: warning2
    },
    debug: toolkit.isDebug() ? (text) => {
      for (const line2 of lines(text))
        toolkit.debug(line2);
    } : void 0,
    saveState: (text) => handedOn("The state", STATE_LOSS, () => state.set(STATE_NAME, clean(text))),
    setOutput(name, value) {
      handedOn("The outputs", OUTPUT_LOSS, () => outputs.set(name, clean(value)));
    },
    restoreFiles() {
      handedOn("The state", STATE_LOSS, state.restore), handedOn("The outputs", OUTPUT_LOSS, outputs.restore);
    },
    writeSummary(summary) {
      const path2 = env.GITHUB_STEP_SUMMARY;
      try {
        restoreFile(path2);
        const size = sizeOf(path2), text = `${size > 0 ? `

` : ""}${clean(truncateSummary(summary))}`;
        if (size + Buffer.byteLength(`${text}\r
`) > MAX_SUMMARY_BYTES)
          return toolkit.notice(message(SUMMARY_TOO_LARGE));
        toolkit.writeSummary(text);
      } catch {
        warning2("The job summary could not be written. The deployment is not affected.", "runnerFiles");
      }
    },
    mask(secret) {
      secret === "" || masked.has(secret) || (masked.add(secret), add2(secret), toolkit.setSecret(secret));
    },
    fail: (text, section) => toolkit.setFailed(message(text, section))
  };
}
//! src/runner/command.ts
function checkWorkingDirectory(path2) {
  if (!(path2 === "" || isFolder(path2)))
    throw new InputError(`working-directory: "${sanitizeLine(path2, 200)}" is not a folder. It is looked up from the workspace, so if the repository contains it, run actions/checkout first.`, "command");
}
async function runCommand(command, { env, log }) {
  let folder = "";
  try {
    folder = makeFolder(env);
    const outputFile = (0, external_node_path_namespaceObject.join)(folder, "output");
    (0, external_node_fs_namespaceObject.writeFileSync)(outputFile, ""), await print("");
    const started = { ...commandEnv(env), GITHUB_OUTPUT: outputFile }, end = await runShell(command, folder, started, log);
    await print(`
::endgroup::
`);
    const outputs = readOutputs(outputFile, env, log);
    return end === "interrupted" ? { kind: end, outputs } : { kind: "exited", ...end, outputs };
  } catch (error2) {
    return { kind: "notStarted", problem: command_explain(error2, command) };
  } finally {
    command_remove(folder);
  }
}
const print = (text) => new Promise((resolve) => process.stdout.write(text, resolve));
function makeFolder(env) {
  try {
    const parent = env.RUNNER_TEMP || (0, external_node_os_namespaceObject.tmpdir)();
    return makeFolders(parent), (0, external_node_fs_namespaceObject.mkdtempSync)((0, external_node_path_namespaceObject.join)(parent, "deploy-command-"));
  } catch {
    return (0, external_node_fs_namespaceObject.mkdtempSync)((0, external_node_path_namespaceObject.join)((0, external_node_os_namespaceObject.tmpdir)(), "deploy-command-"));
  }
}
async function runShell(command, folder, env, log) {
  const cwd = command.workingDirectory, { extension, line: line2 } = SHELL_SYNTAX[command.shell], script = (0, external_node_path_namespaceObject.join)(folder, `script.${extension}`);
  (0, external_node_fs_namespaceObject.writeFileSync)(script, scriptOf(command), { mode: 448 });
  const [file, ...args] = line2(script);
  try {
    return await runInGroup({ file, args, cwd, env });
  } catch (error2) {
    if (command.shell !== "bash" || !isMissingProgram(error2, cwd))
      throw error2;
    log.info("bash was not found on this runner, so the command runs with sh.");
    const [sh, ...shArgs] = SHELL_SYNTAX.sh.line(script);
    return await print(""), runInGroup({ file: sh, args: shArgs, cwd, env });
  }
}
function readOutputs(outputFile, env, log) {
  const { values, problem } = readFileCommands(outputFile);
  problem !== "" && log.warning(`$GITHUB_OUTPUT: ${problem}. It is left out. The final state is not affected.`, "commandFiles");
  const exported = readFileCommands(env.GITHUB_ENV ?? "");
  return exported.problem !== "" && log.warning(`$GITHUB_ENV: ${exported.problem}. The runner fails this step because of that. The exit code of the command still decides the state of the deployment.`, "commandFiles"), values;
}
const isMissingProgram = (error2, cwd) => error2 instanceof Error && "code" in error2 && error2.code === "ENOENT" && isFolder(cwd || ".");
function command_explain(error2, { shell, workingDirectory }) {
  return isMissingProgram(error2, workingDirectory) ? `the shell "${shell}" was not found on this runner. Install it in an earlier step, or set "shell" to another one.` : workingDirectory !== "" && !isFolder(workingDirectory) ? `working-directory "${sanitizeLine(workingDirectory, 200)}" was deleted before the command started.` : `${messageOf(error2)}.`;
}
function isFolder(path2) {
  try {
    return (0, external_node_fs_namespaceObject.statSync)(path2).isDirectory();
  } catch {
    return !1;
  }
}
function command_remove(folder) {
  try {
    folder !== "" && (0, external_node_fs_namespaceObject.rmSync)(folder, { recursive: !0, force: !0, maxRetries: 3 });
  } catch {
  }
}
const SHELL_SYNTAX = {
  bash: {
    extension: "sh",
    line: (script) => ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", script]
  },
  sh: { extension: "sh", line: (script) => ["sh", "-e", script] },
  pwsh: { extension: "ps1", line: (script) => ["pwsh", "-command", `. '${script}'`] },
  powershell: { extension: "ps1", line: (script) => ["powershell", "-command", `. '${script}'`] },
  cmd: {
    extension: "cmd",
    line: (script) => ["cmd", "/D", "/E:ON", "/V:OFF", "/S", "/C", `"CALL "${script}""`]
  },
  python: { extension: "py", line: (script) => ["python", script] }
}, POWERSHELL_HEAD = `$ErrorActionPreference = 'stop'
`, POWERSHELL_TAIL = `
if ((Test-Path -LiteralPath variable:\\LASTEXITCODE)) { exit $LASTEXITCODE }`;
function scriptOf({ run, shell }) {
  return shell === "pwsh" || shell === "powershell" ? `${POWERSHELL_HEAD}${run}${POWERSHELL_TAIL}` : shell === "cmd" ? `@echo off\r
${run.replace(/\r?\n/g, `\r
`)}` : `${run}
`;
}
const REMOVED = [
  ...INPUT_NAMES.map((name) => `INPUT_${name.toUpperCase()}`),
  `STATE_${STATE_NAME}`,
  "GITHUB_STATE",
  "ACTIONS_RUNTIME_TOKEN",
  "ACTIONS_RUNTIME_URL",
  "ACTIONS_RESULTS_URL",
  "ACTIONS_CACHE_URL",
  "ACTIONS_CACHE_SERVICE_V2",
  "ACTIONS_CACHE_MODE"
], normalize = (name) => process.platform === "win32" ? name.toUpperCase() : name, removed = new Set(REMOVED.map(normalize)), commandEnv = (env) => Object.fromEntries(Object.entries(env).filter(([name]) => !removed.has(normalize(name)))), external_node_util_namespaceObject = /* @__PURE__ */ lateModule("node:util");
//! src/start/checks.ts
function refuseFinish({ journal }, inputs) {
  const { repository, environment, task, deploymentId } = inputs;
  if (inputs.results.length === 0)
    return;
  const open = journal.all().find((record) => record.id > 0 && record.phase !== "nothing" && record.finished === void 0 && sameName(record.repository, repository) && (environment === "" || sameName(record.environment, environment)) && (task === "" || record.task === task) && (deploymentId === void 0 || deploymentId === record.id));
  if (open)
    throw new InputError(`state: this job has already started deployment ${open.id} of "${open.environment}" and not finished it. Did you mean \`mode: finish\`? To start a second deployment, set another \`environment\` or \`task\`.`);
}
function userPayload(payload) {
  const value = parseJson(payloadText(payload));
  if (!isJsonObject(value))
    return value;
  const { [PAYLOAD_KEY]: _own, ...rest } = value;
  return rest;
}
function warnAboutReuse(log, inputs, deployment) {
  const isOtherRef = inputs.ref !== "" && ![deployment.ref, deployment.sha].includes(inputs.ref), isOtherTask = inputs.task !== "" && inputs.task !== deployment.task, isOtherPayload = inputs.payload !== "" && !(0, external_node_util_namespaceObject.isDeepStrictEqual)(userPayload(inputs.payload), userPayload(deployment.payload)), ignored = [
    ...isOtherRef ? [`ref (it has ${deployment.ref})`] : [],
    ...isOtherTask ? [`task (it has ${deployment.task})`] : [],
    ...isOtherPayload ? ["payload"] : []
  ];
  ignored.length !== 0 && log.warning(`Deployment ${deployment.id} is reused, so these inputs are ignored: ${ignored.join(", ")}. GitHub sets them only when a deployment is created.`, "reused");
}
async function rejectOtherCommit(deps, expected, record, onFailure2) {
  if (expected === "" || record.sha === expected)
    return;
  const actual = sanitizeLine(record.sha, 64), text = description(`Recorded commit ${actual} instead of ${expected}`, ""), status = inactiveStatus({ environmentUrl: "" }, text, record.logUrl);
  await deps.deployments.setStatus(record.id, status, { onFailure: onFailure2 }), deps.save({ ...record, phase: "nothing", finished: "inactive" });
  let isDeleted2 = !0;
  try {
    await deps.deployments.remove(record.id, "");
  } catch (error2) {
    if (!(error2 instanceof ActionError))
      throw error2;
    isDeleted2 = !1;
  }
  throw new ActionError(`GitHub recorded commit ${actual} for deployment ${record.id} of ${record.repository} instead of ${expected}, so it was ${isDeleted2 ? "deleted" : "made inactive"}. Run the job again.`, { section: "otherCommit" });
}
const UNTRUSTED_COMMIT_EVENTS = [
  "pull_request_target",
  "workflow_run",
  "issue_comment",
  "check_run",
  "check_suite",
  "status"
];
function checkCommit({ log }, { event, sha }, { head, recorded, isReused }) {
  if (head === void 0 || recorded === "" || head === recorded)
    return;
  if (UNTRUSTED_COMMIT_EVENTS.includes(event.name)) {
    log.info(`The workspace has commit ${head} checked out. The deployment records ${recorded}.`);
    return;
  }
  if (isPullRequestEvent(event.name) && head === sha)
    return;
  const record = isReused ? "" : " To record the commit that you deploy, set `ref` on this step.";
  log.warning(`The workspace has commit ${head} checked out, but the deployment records ${recorded}.${record} To deploy the recorded commit, set \`ref\` on \`actions/checkout\`.`, "workspace");
}
//! src/runner/git.ts
const TIMEOUT_MS = 5e3, SHA = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;
async function readHead(env, repository, clock) {
  const workspace = env.GITHUB_WORKSPACE ?? "";
  if (workspace === "" || !(0, external_node_fs_namespaceObject.existsSync)((0, external_node_path_namespaceObject.join)(workspace, ".git")))
    return;
  const { signal, clear } = clock.deadline(TIMEOUT_MS), timeout = new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(void 0));
  }), reading = headOf(env, workspace, repository).catch(() => {
  });
  return Promise.race([reading, timeout]).finally(clear);
}
async function headOf(env, workspace, repository) {
  const folder = (0, external_node_fs_namespaceObject.realpathSync)(workspace), remote = await git(env, folder, ["config", "--get", "remote.origin.url"]);
  if (!isUrlOf(remote, repository))
    return;
  const head = await git(env, folder, ["rev-parse", "HEAD"]);
  return SHA.test(head) ? head : void 0;
}
function isUrlOf(url2, repository) {
  const path2 = url2.replace(/\/$/, "").replace(/\.git$/, "");
  return /^.*[/:]([^/:]+\/[^/]+)$/.exec(path2)?.[1]?.toLowerCase() === repository.toLowerCase();
}
async function git(env, folder, parameters) {
  const { stdout } = await getExecOutput("git", ["-c", `safe.directory=${folder}`, ...parameters], {
    cwd: folder,
    env: bareEnvironment(env),
    silent: !0
  });
  return stdout.trim();
}
const bareEnvironment = (env) => Object.fromEntries(["PATH", "HOME", "SystemRoot"].flatMap((name) => {
  const value = env[name];
  return value === void 0 ? [] : [[name, value]];
}));
//! src/start/previous.ts
const MAX_WAIT_MS = 2e3, soon = (deps, reading) => {
  const late = new ActionError("GitHub did not answer in time.", { section: "previous" });
  return new Promise((resolve) => {
    const cancel = deps.clock.after(MAX_WAIT_MS, () => resolve(late));
    reading.then(resolve).finally(cancel);
  });
}, readHistory = (deps, environment) => deps.deployments.newest(environment).catch((error2) => error2 instanceof ActionError ? error2 : new ActionError(messageOf(error2), { section: "internal" }));
function publishPrevious(deps, inputs, record, history) {
  if (history instanceof ActionError)
    return deps.log.warning(`The previous deployment of "${record.environment}" could not be read, so \`previous-deployment-id\`, \`previous-sha\` and \`compare-url\` are empty. ${reasonOf(history)}`, "previous"), { previousId: 0, previousSha: "", newestKnownId: 0 };
  const newestKnownId = Math.max(record.id, ...history.map(({ id: id2 }) => id2));
  history.some((other) => other.id !== record.id && isMadeByJobKey(other, deps.run, inputs.checkRunId)) && deps.log.warning(jobKeyWarning(record.environment, inputs.checkRunId !== void 0), "jobKey");
  const previous = previousOf(history, record);
  return previous ? (deps.publish({
    "previous-deployment-id": idText(previous.id),
    "previous-sha": previous.sha,
    "compare-url": compareUrl(deps.run, record.repository, previous.sha, record.sha)
  }), { previousId: previous.id, previousSha: previous.sha, newestKnownId }) : { previousId: 0, previousSha: "", newestKnownId };
}
function previousOf(history, ours) {
  return history.filter((other) => other.state === "success" && sameName(other.environment, ours.environment) && other.task === ours.task && other.id !== ours.id && (ours.id === 0 || other.id < ours.id || ours.wasFinal)).sort((one, other) => other.id - one.id)[0];
}
const isMadeByJobKey = (other, run, checkRunId) => {
  const log = parseLogUrl(run, other.logUrl), isOfJob2 = checkRunId === void 0 || log?.checkRunId === void 0 || log.checkRunId === checkRunId;
  return other.creator.startsWith("github-actions") && !other.origin && other.state !== "inactive" && log !== void 0 && log.runId === run.runId && isOfJob2;
}, jobKeyWarning = (environment, isThisJob) => `${isThisJob ? "The `environment:` key of this job" : "The `environment:` key of a job of this run"} created a second deployment of "${environment}". To keep its secrets and reviewers without that deployment, write:
  environment: { name: ${/^[\w./-]+$/.test(environment) ? environment : JSON.stringify(environment)}, deployment: false }`;
//! src/start/open-deployment.ts
async function openDeployment(deps, inputs, plan) {
  deps.save(plan.record);
  const opening = plan.kind === "create" ? open_deployment_create(deps, plan) : reuse(deps, inputs, plan), early = plan.kind === "create" ? readHistory(deps, plan.record.environment) : void 0, readingHead = readHead(deps.step.env, inputs.repository, deps.clock), record = await opening, reading = soon(deps, early ?? readHistory(deps, record.environment));
  deps.save({ ...record, pendingState: inputs.initialState }), deps.publish(open_deployment_outputsOf(record));
  const onFailure2 = describeOpen({ ...record, state: "none" }, remedyFor(inputs, record));
  plan.kind === "create" && await rejectOtherCommit(deps, plan.commit.sha, record, onFailure2);
  const initial = {
    state: inputs.initialState,
    description: description("", inputs.description),
    logUrl: record.logUrl,
    environmentUrl: record.environmentUrl,
    environment: plan.kind === "reuse" ? plan.moveTo : ""
  }, status = await deps.deployments.setStatus(record.id, initial, { onFailure: onFailure2 });
  deps.publish({ state: status.state, "status-id": idText(status.id) });
  const previous = publishPrevious(deps, inputs, record, await reading), started = { ...record, ...previous, phase: "started", statusId: status.id };
  return deps.save(started), started.dryRun || logStart(deps, started, status), checkCommit(deps, deps.run, {
    head: await readingHead,
    recorded: started.sha,
    isReused: started.isReused
  }), started;
}
function remedyFor(inputs, { id: id2 }) {
  return inputs.failOnError || inputs.autoFinish || inputs.command !== void 0 ? POST_REMEDY : manualRemedy(id2);
}
async function open_deployment_create(deps, { record, wanted }) {
  let mayHaveDuplicate = !1;
  const created = await deps.deployments.create(wanted, {
    onResend: () => {
      mayHaveDuplicate = !0, deps.save({ ...record, mayHaveDuplicate });
    },
    onFailure: afterCreate(() => mayHaveDuplicate)
  });
  return { ...withDeployment(record, created), mayHaveDuplicate };
}
async function reuse(deps, inputs, plan) {
  const { id: id2, known, record, moveTo } = plan, [deployment, status] = await Promise.all([
    known ?? deps.deployments.get(id2, error_context_NOTHING_CHANGED),
    // The first status of this action keeps the environment URL of the newest one.
    deps.deployments.latestStatus(id2, error_context_NOTHING_CHANGED)
  ]);
  warnAboutReuse(deps.log, inputs, deployment);
  const reused = withDeployment(record, deployment), environment = moveTo || reused.environment, source = inputs.environment === "" ? fromDeployment(id2) : FROM_INPUT;
  return deps.log.info(`Environment: ${environment} (${source})`), {
    ...reused,
    environment,
    autoInactive: autoInactiveOf(inputs, { ...deployment, environment }, record),
    reusedAtStatusId: status?.id ?? 0,
    wasFinal: status !== void 0 && isFinal(status.state),
    environmentUrl: record.environmentUrl || status?.environmentUrl || ""
  };
}
const autoInactiveOf = (inputs, deployment, { autoInactive }) => inputs.autoInactive ?? (deployment.origin ? defaultAutoInactive(deployment, inputs.task) : autoInactive), withDeployment = (record, deployment) => ({
  ...record,
  phase: "open",
  id: deployment.id,
  environment: deployment.environment,
  task: deployment.task,
  ref: deployment.ref,
  refName: record.refName || deployment.origin?.ref || deployment.ref,
  sha: deployment.sha,
  url: deployment.url,
  transient: deployment.transient || record.transient,
  payload: deployment.payload
});
function logStart({ log, run }, record, { state }) {
  const { id: id2, environment, repository, sha, refName, previousId, previousSha } = record, name = refName === "" || refName === sha ? "" : ` (${refName})`;
  log.info(`Commit: ${sha}${name}`), previousId > 0 && log.info(`Previous active deployment: ${previousId} at ${previousSha}`);
  const changes = previousId > 0 ? compareUrl(run, repository, previousSha, sha) : "";
  changes !== "" && log.info(`Changes: ${changes}`), log.info(`Log: ${record.logUrl}`);
  const did = record.isReused ? "Reused" : "Started", page = environmentPage(run, repository, environment);
  log.info(`${did} deployment ${id2} of ${environment} (${state}): ${page}`);
}
const open_deployment_outputsOf = (record) => ({
  "deployment-id": idText(record.id),
  "deployment-url": record.url,
  environment: record.environment,
  "environment-url": record.environmentUrl,
  "log-url": record.logUrl,
  ref: record.ref,
  sha: record.sha,
  task: record.task,
  payload: payloadText(record.payload)
});
//! src/start/plan.ts
function planStart({ run, clock }, inputs) {
  const key = clock.unique(), base = recordOf(run, inputs, key, clock.now()), known = deploymentOfEvent(run, inputs.repository, inputs.environment), id2 = inputs.deploymentId ?? known?.id;
  if (id2 !== void 0) {
    const isOfEvent = known?.id === id2;
    return {
      kind: "reuse",
      id: id2,
      // Nothing is created: if `start` is killed before its first status, the deployment stays as it was.
      record: { ...base, phase: "nothing", isReused: !0 },
      known: isOfEvent ? known : void 0,
      moveTo: isOfEvent ? "" : inputs.environment
    };
  }
  const ended = inputs.ref === "" ? endOf(run, inputs) : void 0;
  if (ended)
    return { kind: "nothing", record: { ...base, phase: "nothing" }, ended };
  const commit = inferCommit(run, inputs.ref), environment = inferEnvironment(run, inputs.environment), sharesEnvironment = inputs.task !== "" || environment.isInferred, record = {
    ...base,
    task: inputs.task || "deploy",
    environment: environment.name,
    ref: commit.ref,
    refName: commit.name,
    sha: commit.sha,
    transient: inputs.transient ?? environment.isInferred,
    autoInactive: inputs.autoInactive ?? (sharesEnvironment ? "task" : "true")
  }, wanted = {
    key,
    ref: commit.ref,
    environment: record.environment,
    task: record.task,
    description: description("", inputs.description),
    payload: withOrigin(inputs.payload, originOf(run, inputs, commit, record)),
    autoMerge: inputs.autoMerge,
    requiredContexts: inputs.requiredContexts,
    transient: record.transient,
    production: inputs.production
  };
  return { kind: "create", record, wanted, commit, source: environment.source };
}
const originOf = (run, inputs, commit, record) => ({
  runId: run.runId,
  runAttempt: run.runAttempt,
  checkRunId: inputs.checkRunId,
  job: run.job,
  ref: commit.name,
  refType: commit.refType,
  pullRequest: run.event.pullRequest?.number,
  autoFinish: inputs.autoFinish,
  transient: record.transient,
  key: record.key
}), recordOf = (run, inputs, key, startedAt2) => newStartRecord({
  key,
  startedAt: startedAt2,
  phase: "creating",
  pid: process.pid,
  action: run.action,
  actionPath: run.actionPath,
  repository: inputs.repository,
  environment: inputs.environment,
  task: inputs.task,
  checkRunId: inputs.checkRunId ?? 0,
  logUrl: inputs.logUrl || logUrl(run, inputs.checkRunId),
  environmentUrl: inputs.environmentUrl,
  hadUrl: inputs.environmentUrl !== "",
  givenState: inputs.results.join(","),
  // A status has this limit, and the variable with the record for post is limited in size.
  description: truncate(inputs.description, MAX_DESCRIPTION_CHARS),
  artifacts: inputs.artifacts,
  cancelledState: inputs.cancelledState,
  autoInactive: inputs.autoInactive ?? (inputs.task !== "" ? "task" : "true"),
  autoFinish: inputs.autoFinish,
  timeoutMs: inputs.timeoutMs,
  dryRun: inputs.dryRun,
  summary: inputs.summary,
  hasCommand: inputs.command !== void 0
});
//! src/start/wrapped-command.ts
async function runWrapped(deps, inputs, command, record) {
  if (inputs.dryRun)
    return deps.log.info(`Dry run: would run with ${command.shell}:
${command.run}`), record.phase !== "nothing" && deps.save({ ...record, exitCode: 0 }), {};
  const end = await runCommand(command, deps.step), url2 = end.kind === "notStarted" ? "" : publishOutputs(deps, end.outputs), conclusion = conclude(command, end, {
    ...record,
    isUrlFromCommand: url2 !== "",
    environmentUrl: url2 || record.environmentUrl
  }), { failure } = conclusion;
  return record.phase !== "nothing" && deps.save(conclusion.record), record.phase === "nothing" || record.id === 0 ? { failure } : inputs.autoFinish || end.kind !== "exited" ? report(deps, inputs, conclusion) : failure === "" ? { summary: startedSummary(deps.run, conclusion.record, "in_progress") } : { failure };
}
function conclude(command, end, record) {
  switch (end.kind) {
    case "notStarted":
      return {
        record: { ...record, phase: "open" },
        outcome: COMMAND_NOT_RUN,
        failure: `run: the command did not start: ${end.problem}`
      };
    case "interrupted":
      return {
        record: { ...record, wasInterrupted: !0 },
        outcome: outcomeOfInterruption(canceledState(record.cancelledState, record.transient)),
        failure: "The command was interrupted."
      };
    case "exited":
      return {
        record: { ...record, exitCode: end.exitCode },
        outcome: outcomeOfCommand(end.exitCode),
        failure: wrapped_command_failureOf(command, end.exitCode)
      };
  }
}
const SHELL_CODES = {
  126: " The shell found a program that it could not execute.",
  127: " The shell did not find a program that the command names."
};
function wrapped_command_failureOf({ shell }, exitCode) {
  const hint = shell === "bash" || shell === "sh" ? SHELL_CODES[exitCode] ?? "" : "";
  return exitCode === 0 ? "" : `The command failed with exit code ${exitCode}.${hint}`;
}
async function report(deps, inputs, conclusion) {
  const { record, outcome, failure } = conclusion, onFailure2 = describeOpen({ ...record, state: "none" }, POST_REMEDY);
  try {
    const request2 = { ...record, target: targetFromRecord(record), outcome, onFailure: onFailure2 }, result = await finalize(deps, request2);
    deps.log.info(resultLines(deps.run, result)), deps.publish({
      state: result.state,
      "status-id": idText(result.statusId),
      "environment-url": result.environmentUrl
    });
    const final = {
      ...record,
      ...finalFields(result),
      statusId: result.statusId || record.statusId
    };
    return deps.save(final), result.state === "success" && isComplete(record.artifacts) && (await recordDeployed(deps, record.artifacts, record), deps.save({ ...final, areArtifactsRecorded: !0 })), { summary: finalizedSummary(deps.run, result, { now: deps.clock.now(), isDryRun: !1 }), failure };
  } catch (error2) {
    if (await isDeleted(deps, record, error2))
      return deps.log.notice(describeDeleted(record)), deps.save({ ...record, phase: "nothing" }), { failure };
    const warning2 = tolerated(error2, deps.run, inputs.failOnError);
    if (warning2 !== void 0)
      deps.log.warning(warning2.message, warning2.section);
    else if (failure === "")
      throw error2;
    return { failure: warning2 === void 0 ? `${failure}
${messageOf(error2)}` : failure };
  }
}
function publishOutputs(deps, outputs) {
  let url2 = "";
  for (const [name, value] of outputs) {
    const key = name.toLowerCase();
    key === "environment-url" ? url2 = value.trim() : OUTPUTS.some((own) => own === key) || deps.setCommandOutput(name, value);
  }
  const usable = usableUrl(url2, (text) => deps.log.warning(text, "lateValues"));
  return usable !== "" && deps.publish({ "environment-url": usable }), usable;
}
//! src/start/start.ts
async function startMode(deps, inputs) {
  refuseFinish(deps, inputs);
  const plan = planStart(deps, inputs);
  if (plan.kind === "nothing")
    return deps.save(plan.record), startNothing(deps, inputs, plan.ended);
  plan.kind === "create" && deps.log.info(`Environment: ${plan.wanted.environment} (${plan.source})`);
  const record = await startDeployment(deps, inputs, plan);
  return inputs.command ? runWrapped(deps, inputs, inputs.command, record) : record.phase === "started" && !inputs.autoFinish ? { summary: startedSummary(deps.run, record, inputs.initialState) } : {};
}
async function startDeployment(deps, inputs, plan) {
  let last = plan.record;
  const save = (record) => {
    last = record, deps.save(record);
  };
  try {
    const record = await openDeployment({ ...deps, save }, inputs, plan);
    if (inputs.command && inputs.initialState !== "in_progress") {
      save({ ...record, phase: "open", pendingState: "in_progress" });
      const { id: id2, environmentUrl, logUrl: logUrl2 } = record, onFailure2 = describeOpen({ ...record, state: "none" }, POST_REMEDY), running = { state: "in_progress", description: record.description, logUrl: logUrl2, environmentUrl }, status = await deps.deployments.setStatus(id2, running, { onFailure: onFailure2 });
      deps.publish({ state: status.state, "status-id": idText(status.id) }), save({ ...record, statusId: status.id });
    }
    return last;
  } catch (error2) {
    const warning2 = tolerated(error2, deps.run, inputs.failOnError), isUnmade = last.phase === "creating" && !last.mayHaveDuplicate && isCertainlyNotDone(error2), isNothing = isReadOnlyToken(error2, deps.run) || isUnmade, isAsGood = warning2 !== void 0 && last.phase === "open", phase = isNothing ? "nothing" : isAsGood ? "started" : last.phase;
    if (save({ ...last, phase, pendingState: void 0 }), warning2 === void 0)
      throw error2;
    return deps.log.warning(warning2.message, warning2.section), last;
  }
}
async function startNothing(deps, inputs, ended) {
  const { run, log } = deps, environment = inferEnvironment(run, inputs.environment);
  log.info(`Environment: ${environment.name} (${environment.source})`);
  const targets = [];
  for await (const page of deps.deployments.list([environment.name], error_context_NOTHING_CHANGED)) {
    const own = page.filter((one) => isLive(one.state) && isOf(ended, inputs.task, one));
    targets.push(...own.map(toDeactivationTarget));
  }
  const { done, failures } = await markInactive(deps.deployments, targets, description(start_reasonOf(ended), inputs.description), inputs.logUrl || logUrl(run, inputs.checkRunId)), changed = done.map((one) => ({ ...one, before: one.state, state: "inactive", isDeleted: !1 }));
  if (deps.publish({
    "deployment-id": "",
    environment: environment.name,
    deactivated: String(inputs.dryRun ? 0 : changed.length),
    deployments: deploymentsOutput(changed)
  }), inputs.command && log.warning(`run: the command was not started. ${start_reasonOf(ended)}.`, "ended"), log.info(sentenceOf(ended, changed.length, inputs.dryRun)), changed.length === 0)
    return { error: failures[0] };
  const facts2 = { changed, deletedEnvironments: [], failed: failures.length };
  return { summary: deactivateSummary(run, inputs, facts2), error: failures[0] };
}
function isOf(ended, task, one) {
  if (task !== "" && one.task !== task)
    return !1;
  if (ended.kind === "ref")
    return isOfRef(one, ended.ref);
  const isNewer2 = Date.parse(one.createdAt) >= Date.parse(ended.closedAt);
  return (one.origin?.pullRequest === ended.number || isPreviewOf(one.environment, ended.number)) && !isNewer2;
}
function start_reasonOf(ended) {
  return ended.kind === "pull" ? "The pull request is closed" : `The ${refTypeOf(ended.ref)} ${shortRef(ended.ref)} was deleted`;
}
function sentenceOf(ended, count, isDryRun) {
  const nothing = `${start_reasonOf(ended)}, so nothing was deployed.`;
  if (count === 0)
    return `${nothing} No deployment was marked inactive.`;
  const were = isDryRun ? "would be" : count === 1 ? "was" : "were", them = count === 1 ? "it" : "them";
  return `${nothing} ${countOf(count, "deployment")} ${were} marked inactive. To delete ${them}, use \`mode: deactivate\`.`;
}
//! src/main.ts
const MAX_PAYLOAD_CHARS = 64 * 1024, NOT_SAVED = "The state could not be saved, so no deployment was created: the post step could not find it. Check the free disk space of this runner, and run the job again.";
async function runMain(step) {
  const guide = documentationLink(step.env, "docs/migrating.md");
  try {
    await runMode(step, guide);
  } catch (error2) {
    throw withMigrationHint(error2, step.env, guide);
  }
}
async function runMode(step, guide) {
  step.mask(step.input("token")), step.mask(step.input("fallback-token"));
  const run = readContext(step.env), seal = createSeal(step.input("fallback-token"), run, parseCheckRunId(step.input("check-run-id")));
  step.saveState(seal.close('{"v":1,"mode":"none"}', STATE_PLACE));
  const workflow = { repository: run.repository, isReadOnly: isRestrictedRun(run) }, inputs = readInputs(step.input, workflow, (text) => step.log.warning(text, "inputs"));
  refuseStepInput(step.env, inputs.mode, guide), inputs.mode === "start" && inputs.command && checkWorkingDirectory(inputs.command.workingDirectory);
  const { deps, end } = openDeps(step, run, inputs, seal);
  try {
    const result = await inMode(deps, inputs);
    if (inputs.summary && result.summary && step.writeSummary(result.summary), inputs.dryRun && step.log.info(NOTHING_SENT), result.error)
      throw result.error;
    result.failure && step.fail(result.failure, "command");
  } catch (error2) {
    const warning2 = tolerated(error2, run, inputs.failOnError);
    if (warning2 === void 0)
      throw error2;
    step.log.warning(warning2.message, warning2.section);
  } finally {
    end();
  }
}
async function inMode(deps, inputs) {
  switch (inputs.mode) {
    case "start":
      return startMode(deps, inputs);
    case "finish":
      return finish(deps, inputs);
    case "deactivate":
      return deactivate(deps, inputs);
  }
}
function openDeps(step, run, inputs, seal) {
  const { log, clock, debug: debug2, redact } = step, journal = openJournal(run, { seal, checkRunId: inputs.checkRunId, redact }), saveState2 = (json) => step.saveState(seal.close(redact(json), STATE_PLACE));
  let last;
  const save = (record) => {
    const isFirst = last === void 0;
    last = record;
    const isSaved = saveState2(serializeStartRecord({ ...record, payload: "" }));
    if (journal.put(record.payload.length > MAX_PAYLOAD_CHARS ? { ...record, payload: "" } : record), isFirst && !isSaved && record.phase === "creating")
      throw new ActionError(NOT_SAVED, { section: "runnerFiles" });
  }, commandOutputs = /* @__PURE__ */ new Set(), open = (repository, token) => openDeployments(run, {
    ...inputs,
    repository,
    tokens: [token],
    clock,
    log: log.info,
    warn: log.warning,
    debug: debug2
  }), deployments = open(inputs.repository, inputs.token), isHere = sameName(inputs.repository, run.repository);
  return { deps: {
    step,
    run,
    journal,
    log,
    clock,
    deployments,
    // The token for another repository often has no access to this one.
    runs: isHere ? deployments : open(run.repository, inputs.fallbackToken || inputs.token),
    publish: (outputs) => {
      for (const [output, value] of Object.entries(outputs))
        for (const name of namesOf(output))
          commandOutputs.has(name) || step.setOutput(name, value);
    },
    setCommandOutput: (name, value) => {
      commandOutputs.add(name.toLowerCase()), step.setOutput(name, value);
    },
    save,
    saveFinish: (record) => saveState2(serializeFinishRecord(record))
  }, end: () => {
    last && save({ ...last, hasEnded: !0 });
  } };
}
//! src/post/deps.ts
function openPost(step) {
  const tokens = [step.input("token"), step.input("fallback-token")];
  for (const token of tokens)
    step.mask(token);
  const run = readContext(step.env), checkRunId = parseCheckRunId(step.input("check-run-id")), seal = createSeal(step.input("fallback-token"), run, checkRunId), journal = openJournal(run, { seal, checkRunId, redact: step.redact });
  return {
    step,
    run,
    seal,
    journal,
    checkRunId,
    savedId: getId(parseJson(getText(parseJson(step.savedState), "json")), "id"),
    async connect({ repository, timeoutMs, dryRun = !1, actionPath }) {
      const isInNested = actionPath !== void 0 && actionPath !== run.actionPath, deployments = await openDeployments(run, {
        repository,
        timeoutMs,
        dryRun,
        tokens: usableTokens(tokens, run, repository),
        fallbackStatuses: isInNested ? [401, 403, 404] : [401],
        clock: step.clock,
        log: step.log.info,
        warn: step.log.warning,
        debug: step.debug
      });
      return { step, run, deployments, log: step.log, clock: step.clock };
    }
  };
}
const isNested = ({ run }, record) => record.actionPath !== run.actionPath;
function usableTokens([own = "", fallback = ""], run, repository) {
  const candidates = sameName(repository, run.repository) ? [own, fallback] : [own];
  return [...new Set(candidates)].filter((token) => /^[\x21-\x7e]+$/.test(token));
}
//! src/post/finalize-again.ts
const IN_FLIGHT_MS = 17e3, CAME_LAST = "a status of the killed `start` came after the final state";
async function finalizeUntilLast(deps, { pendingState, id: id2 }, request2, lookUps) {
  const readState2 = async (until) => (await deps.deployments.latestStatus(id2, "", until))?.state ?? "none", isLate = pendingState !== void 0 && id2 > 0, before = isLate && await lookUpsBefore(deps.clock).ask(CAME_LAST, readState2), result = await finalize(deps, request2, lookUps);
  if (!isLate || before === pendingState)
    return result;
  await deps.deployments.pause(IN_FLIGHT_MS);
  const after = lookUpsAfter(), state = await after.ask(CAME_LAST, readState2);
  for (const { error: error2 } of after.failed)
    deps.log.warning(`It is not known whether ${CAME_LAST} of deployment ${id2}. ${reasonOf(error2)}`, "notChecked");
  if (state === void 0 || isFinal(state))
    return result;
  deps.log.info(`The interrupted \`start\` posted \`${state}\` after the final state, so the final state is posted again.`);
  const { description: description2, statusId } = result, again = await postState(deps, request2, result.state, description2, statusId);
  return { ...result, statusId: again.id };
}
async function readFinal({ deployments, log }, lookUps, id2, question) {
  const newest = await lookUps.ask(question, (until) => deployments.latestStatus(id2, "", until));
  if (!(!newest || !isFinal(newest.state)))
    return log.info(`Deployment ${id2} is already \`${newest.state}\`.`), newest;
}
async function replaceInterrupted(deps, request2) {
  const { id: id2, record } = request2.target, newest = await deps.deployments.latestStatus(id2, request2.onFailure);
  return newest !== void 0 && isFinal(newest.state) && newest.id === record?.statusId ? postOutcome(deps, request2, request2.outcome) : void 0;
}
const isOlder = ({ finished, finalStatusId }, statusId) => finished === void 0 ? finalStatusId <= statusId : finalStatusId > 0 && finalStatusId < statusId;
async function completeFinish(post2, saved) {
  for (const one of saved.posted)
    post2.journal.all().filter(({ id: id2 }) => id2 === one.id).every((record) => isOlder(record, one.finalStatusId)) && post2.journal.update(one.id, one);
  if (saved.pending.length === 0)
    return post2.step.log.info("Nothing to finish.");
  const deps = await post2.connect(saved);
  for (const one of saved.pending)
    try {
      const posted = finalFields(await complete(deps, saved, one));
      if (posted.finished === void 0)
        continue;
      post2.journal.update(one.id, { ...posted, finishHadUrl: !0, finishHadState: !0 }), posted.finished === "success" && await recordDeployed(deps, post2.step.input("artifacts"), one);
    } catch (error2) {
      if (!(error2 instanceof ActionError))
        throw error2;
      deps.log.warning(`The \`finish\` was interrupted, and the final state of deployment ${one.id} could not be posted. ${error2.message}`, error2.section);
    }
}
async function complete(deps, { repository }, pending) {
  const { id: id2, state, reason } = pending, onFailure2 = describeOpen({ ...pending, state: "none" }, manualRemedy(id2)), lookUps = lookUpsBefore(deps.clock), newest = await readFinal(deps, lookUps, id2, "the `finish` has finished it already");
  if (newest)
    return { ...newest, statusId: newest.id, userDescription: newest.description };
  const target = targetFromRecord(newStartRecord({ ...pending, repository, statusId: pending.newerThan })), request2 = { ...pending, target, outcome: { state, reason }, onFailure: onFailure2 }, result = await finalize(deps, request2, lookUps);
  return deps.log.info(resultLines(deps.run, result)), result;
}
//! src/post/find-deployment.ts
const LOOK_AGAIN_MS = [1e3, 2e3, 4e3, 5e3];
async function findDeployment(deps, record) {
  const isUnseen = record.phase === "creating";
  if (!isUnseen && !record.mayHaveDuplicate || record.dryRun)
    return record;
  const made = await findAllWithKey(deps, record, isUnseen), known = record.id > 0 ? record.id : made[0]?.id;
  for (const one of made)
    one.id !== known && await deactivateDuplicate(deps, record, one, known ?? 0);
  if (!isUnseen)
    return record;
  const [first] = made;
  if (!first)
    return;
  deps.log.info(`Found deployment ${first.id}, whose creation was not confirmed.`);
  const { id: id2, environment, task, sha } = first, finished = isFinal(first.state) ? first.state : void 0;
  return { ...record, id: id2, environment, task, sha, finished, phase: "open" };
}
const describeUnknown = ({ environment }) => `It is not known whether main created a deployment of "${environment}": if one is still open, finish it with \`mode: finish\`, its \`deployment-id\`, and \`state\`.`;
async function findAllWithKey(deps, record, isUnseen) {
  try {
    return await pollForKey(deps, record, isUnseen);
  } catch (error2) {
    if (record.id === 0 || !(error2 instanceof ActionError))
      throw error2;
    return deps.log.warning(`There may be a second deployment besides ${record.id}, as its creation was sent twice. ${error2.message}`, error2.section), [];
  }
}
async function pollForKey({ deployments, clock }, record, isUnseen) {
  const environments = record.environment === "" ? [] : [record.environment], until = clock.now() + record.timeoutMs;
  for (const waitMs of [...LOOK_AGAIN_MS, void 0]) {
    const found = [];
    for await (const page of deployments.list(environments, describeUnknown(record), until))
      if (found.push(...page.filter((one) => one.origin?.key === record.key)), page.some((one) => Date.parse(one.createdAt) < record.startedAt - 6e5))
        break;
    if (isUnseen && found.length > 0 && !record.mayHaveDuplicate || found.length > 1 || waitMs === void 0)
      return found.sort((one, other) => one.id - other.id);
    await deployments.pause(waitMs);
  }
  return [];
}
async function deactivateDuplicate({ deployments, log }, record, duplicate, of) {
  if (duplicate.state !== "inactive")
    try {
      const status = inactiveStatus({ environmentUrl: "" }, description(`Duplicate of ${of}`, ""), record.logUrl), remedy = `make it inactive with \`mode: deactivate\` and \`deployment-id: ${duplicate.id}\``, onFailure2 = describeOpen(duplicate, remedy);
      await deployments.setStatus(duplicate.id, status, { onFailure: onFailure2 }), log.warning(`GitHub created two deployments for one request, ${of} and ${duplicate.id}. Deployment ${duplicate.id} was made inactive.`, "duplicate");
    } catch (error2) {
      if (!(error2 instanceof ActionError))
        throw error2;
      log.warning(`Deployment ${duplicate.id} is a duplicate of ${of}. ${error2.message}`, "duplicate");
    }
}
const find_deployment_MAX_PAGES = 5;
async function findRecord(post2) {
  const { step, run, journal, checkRunId } = post2, records = journal.all(), action = step.env.GITHUB_ACTION ?? "", own = records.filter((record) => record.action === action), open = own.filter((record) => record.finished === void 0), candidates = own.length > 1 ? open : own;
  if (candidates.length === 1)
    return candidates[0];
  if (run.runId === void 0)
    return;
  const deps = await post2.connect({ repository: run.repository, timeoutMs: 12e4 }), known = new Set(records.filter((record) => !open.includes(record)).map(({ id: id2 }) => id2)), found = [];
  let pages = 0;
  for await (const page of deps.deployments.list([]))
    if (found.push(...page.filter((one) => !known.has(one.id) && !isFinal(one.state) && isOfJob(one, run, checkRunId))), pages += 1, pages === find_deployment_MAX_PAGES)
      break;
  const hinted = found.find((one) => one.id === post2.savedId), [only] = found;
  if (hinted)
    return find_deployment_recordOf(post2, hinted);
  if (only && found.length === 1)
    return find_deployment_recordOf(post2, only);
  if (found.length > 1) {
    const ids = found.map((one) => `${one.id} of "${one.environment}"`).join(", ");
    step.log.warning(`The state that main saved is missing, and several unfinished deployments can be of this step: ${ids}. Finish each with \`mode: finish\` and its \`deployment-id\`.`, "open");
  }
}
function find_deployment_recordOf({ run, checkRunId }, one) {
  const { origin } = one;
  return newStartRecord({
    key: origin?.key ?? "",
    repository: run.repository,
    phase: one.state === "none" ? "open" : "started",
    hasEnded: !0,
    id: one.id,
    environment: one.environment,
    task: one.task,
    ref: one.ref,
    sha: one.sha,
    refName: origin?.ref ?? "",
    transient: origin?.transient === !0,
    checkRunId: checkRunId ?? 0,
    logUrl: one.logUrl || logUrl(run, checkRunId),
    environmentUrl: one.environmentUrl,
    description: withoutReason(one.description),
    autoInactive: origin?.transient === !0 || one.task !== "deploy" ? "task" : "true",
    autoFinish: origin?.autoFinish !== !1,
    startedAt: Date.parse(one.createdAt)
  });
}
//! src/post/late-values.ts
async function completeFinal(post2, deps, record) {
  const { id: id2, environment, finished = "success" } = record, url2 = record.finishHadUrl || record.hadUrl ? "" : lateUrl(post2, record), late = record.finishHadState ? void 0 : lateState(post2, record), correction = late?.state === finished ? void 0 : late;
  if (!correction && (url2 === "" || url2 === record.finalUrl))
    return deps.log.info(`Deployment ${id2} is already \`${finished}\`: a step of this job finished it.`), finished;
  const newest = await readNewest(deps, record, record.finalStatusId);
  if (newest?.id !== record.finalStatusId)
    return newest?.state ?? "none";
  const status = await postAgain(deps, record, {
    state: correction?.state ?? finished,
    description: correction ? description(correction.reason, record.finalDescription) : newest.description,
    environmentUrl: url2 || record.finalUrl,
    logUrl: record.finalLogUrl || record.logUrl
  });
  if (post2.journal.update(id2, { finalStatusId: status.id }), correction && finished === "success") {
    const previous = record.previousId > 0 ? ` (deployment ${record.previousId})` : "";
    deps.log.warning(`Deployment ${id2} was \`success\` and is now \`${correction.state}\`, because \`state\` on \`start\` became known after \`finish\`. Earlier deployments of "${environment}" may already have been made inactive${previous}. To avoid this, give \`state\` to \`finish\`.`, "changed");
  }
  return status.state;
}
async function repeatUnfinished(post2, deps, record) {
  const late = record.hadUrl || record.finishHadUrl ? "" : lateUrl(post2, record), url2 = record.isUrlFromCommand ? record.environmentUrl : late;
  if (deps.log.info(`${record.id === 0 ? "The deployment" : `Deployment ${record.id}`} stays open for a later \`finish\`.`), record.dryRun || url2 === "" || url2 === record.environmentUrl && !record.isUrlFromCommand)
    return;
  const expectedId = Math.max(record.statusId, record.finalStatusId), newest = await readNewest(deps, record, expectedId), state = UNFINISHED_STATES.find((each) => each === newest?.state);
  if (newest?.id !== expectedId || state === void 0 || newest.environmentUrl === url2)
    return;
  const logUrl2 = record.finalLogUrl || record.logUrl;
  await postAgain(deps, record, { state, description: newest.description, environmentUrl: url2, logUrl: logUrl2 });
}
const keepsIts = ({ id: id2, environment }) => `Deployment ${id2} of "${environment}" keeps its status without the late values.`;
async function readNewest({ deployments, log }, record, expectedId) {
  const newest = await deployments.latestStatus(record.id, keepsIts(record));
  return newest?.id !== expectedId && log.info(`Deployment ${record.id} is ${newest?.state ?? "without a status"} now. It was changed after this job reported it, so late values are left out.`), newest;
}
async function postAgain({ deployments, log }, record, status) {
  const newerThan = Math.max(record.finalStatusId, record.statusId), posted = await deployments.setStatus(record.id, status, { newerThan, onFailure: keepsIts(record) }), url2 = status.environmentUrl === "" ? "" : `, ${status.environmentUrl}`;
  return log.info(`Updated: ${status.state}, deployment ${record.id} of ${record.environment}${url2}`), posted;
}
function lateOutcome(post2, record) {
  const { step } = post2, jobStatus = step.input("job-status"), cancelledState = canceledState(record.cancelledState, record.transient);
  if (record.hasCommand) {
    const { exitCode, phase } = record;
    return outcomeOfCommandInPost({ exitCode, hasStarted: phase === "started", jobStatus, cancelledState });
  }
  const results = isNested(post2, record) ? resultsOfNested(record) : parseResults(step.input("state") || record.givenState), outcome = finalOutcomeOf({ results, jobStatus, cancelledState });
  return outcome.isUnknown && step.log.warning(`${outcome.reason}: the deployment becomes \`${outcome.state}\`.`, "lateValues"), record.phase === "started" || record.hasEnded ? !record.autoFinish && outcome.state === "success" ? INCOMPLETE_START : outcome : outcomeOfInterruptedStart(outcome, cancelledState);
}
function resultsOfNested({ givenState }) {
  const results = parseResults(givenState);
  return worstResult(results) === "success" ? [] : results;
}
function lateUrl(post2, record) {
  const { step } = post2;
  return record.isUrlFromCommand || isNested(post2, record) && record.hadUrl ? "" : usableUrl(step.input("environment-url"), (text) => step.log.warning(text, "lateValues"));
}
const lateText = (post2, record, name) => isNested(post2, record) && record[name] !== "" ? record[name] : post2.step.input(name) || record[name];
function lateState(post2, record) {
  const { step } = post2, results = record.givenState === "" && !record.hasCommand && !isNested(post2, record) ? parseResults(step.input("state")) : [];
  if (results.length === 0)
    return;
  const invalid = results.find((result) => !isKnownResult(result) || isUnfinishedResult(result));
  if (invalid !== void 0) {
    step.log.warning(`state: "${invalid}" is not a final state or result. It is left out.`, "lateValues");
    return;
  }
  const cancelledState = canceledState(record.cancelledState, record.transient);
  return finalOutcomeOf({ results, jobStatus: step.input("job-status"), cancelledState });
}
//! src/post/post.ts
async function runPost(step) {
  const post2 = openPost(step), saved = post2.seal.open(step.savedState, STATE_PLACE), finished = parseFinishRecord(saved);
  if (finished)
    return completeFinish(post2, finished);
  const isStart = saved === void 0 && (step.input("mode") || "start") === "start", record = parseStartRecord(saved) ?? (isStart ? await findRecord(post2) : void 0);
  if (!record || record.phase === "nothing")
    return step.log.info("Nothing to finish.");
  await finishStart(post2, record);
}
async function finishStart(post2, saved) {
  const { log } = post2.step, deps = await post2.connect(saved), found = await findDeployment(deps, saved);
  if (!found)
    return log.info("Nothing to finish: no deployment was created.");
  try {
    await finishFound(post2, deps, found);
  } catch (error2) {
    if (!await isDeleted(deps, found, error2))
      throw error2;
    log.notice(describeDeleted(found));
  }
}
async function finishFound(post2, deps, found) {
  const { log } = post2.step, known = post2.journal.all().find((one) => one.id === found.id && one.finished !== void 0 && one.startedAt >= found.startedAt) ?? post2.journal.get(found.key);
  if (known?.phase === "nothing")
    return log.info("Nothing to finish.");
  const record = { ...found, ...known && parseFields(STEP_FIELDS, known) };
  record.hasCommand && !isNested(post2, record) && parseResults(post2.step.input("state")).length > 0 && log.warning(STATE_IGNORED, "inputs");
  const outcome = record.hasCommand ? lateOutcome(post2, record) : void 0, isCanceled = post2.step.input("job-status").toLowerCase() === "cancelled";
  if (record.wasInterrupted && !isCanceled && record.finished !== void 0 && record.finished !== outcome?.state)
    return finalizeStart(post2, deps, record, lookUpsBefore(deps.clock));
  if (record.finished !== void 0) {
    const given = post2.journal.all().some((one) => one.id === found.id && one.startedAt > found.startedAt && one.phase !== "nothing") ? { ...record, finishHadUrl: !0, finishHadState: !0 } : record;
    return await completeFinal(post2, deps, given) === "success" && !record.areArtifactsRecorded ? recordDeployed(deps, lateText(post2, record, "artifacts"), record) : void 0;
  }
  if (isLeftToFinish(record))
    return await repeatUnfinished(post2, deps, record), record.dryRun && log.info(NOTHING_SENT), lateText(post2, record, "artifacts") === "" ? void 0 : log.warning("artifacts: not recorded, because this job does not finish the deployment. Set `artifacts` on the `finish` step.", "artifacts");
  const mayBeFinal = !known || record.isFinishing || record.exitCode !== void 0 || record.wasInterrupted, lookUps = lookUpsBefore(deps.clock);
  mayBeFinal && record.id > 0 && !record.dryRun && await readFinal(deps, lookUps, record.id, "a step of this job has finished it already") || await finalizeStart(post2, deps, record, lookUps);
}
const post_onFailure = (record) => describeOpen({ ...record, state: record.finished ?? "none" }, manualRemedy(record.id)), isLeftToFinish = (record) => !record.autoFinish && record.phase === "started" && (!record.hasCommand || record.exitCode === 0), finishDescription = ({ finalDescription, description: description2 }) => finalDescription === description2 ? "" : finalDescription;
async function finalizeStart(post2, deps, record, lookUps) {
  const { step, run, journal } = post2, request2 = {
    target: targetFromRecord(record),
    outcome: lateOutcome(post2, record),
    description: finishDescription(record) || lateText(post2, record, "description"),
    environmentUrl: record.finishHadUrl && record.finalUrl || lateUrl(post2, record) || record.environmentUrl,
    logUrl: record.finalLogUrl || record.logUrl,
    autoInactive: record.autoInactive,
    onFailure: post_onFailure(record)
  }, result = record.finished ? await replaceInterrupted(deps, request2) : await finalizeUntilLast(deps, record, request2, lookUps);
  if (!result)
    return step.log.info(`Deployment ${record.id} was changed after the interruption.`);
  isFinal(result.state) && journal.update(record.id, { finished: result.state }), record.dryRun || step.log.info(resultLines(run, result));
  const facts2 = { now: step.clock.now(), isDryRun: record.dryRun };
  record.summary && step.writeSummary(finalizedSummary(run, result, facts2)), result.state === "success" && await recordDeployed(deps, lateText(post2, record, "artifacts"), record), record.dryRun && step.log.info(NOTHING_SENT);
}
//! src/index.ts
async function main(host = hostOf(process.env)) {
  const end = guard(host, 1, (reason) => step.fail(reason, "internal")), step = openStep(host);
  try {
    await runMain(step);
  } catch (error2) {
    step.fail(messageOf(error2), sectionOf(error2));
  }
  step.restoreFiles(), end();
}
async function post(host = hostOf(process.env)) {
  const warn = (reason, section) => step.log.warning(`The final state of the deployment was not reported. ${reason}`, section), end = guard(host, 0, (reason) => warn(reason, "internal")), step = openStep(host);
  try {
    await runPost(step);
  } catch (error2) {
    warn(messageOf(error2), sectionOf(error2));
  }
  end();
}
function guard({ env }, exitCode, complain) {
  if (env !== process.env)
    return () => {
    };
  const stop = (reason) => {
    complain(reason), process.exit(exitCode);
  };
  process.once("beforeExit", () => stop("The step ended before it was complete.")), process.once("uncaughtException", (error2) => stop(messageOf(error2)));
  let isLogBroken = !1;
  return process.stdout.on("error", (error2) => {
    process.stderr.on("error", () => {
    }), isLogBroken || process.stderr.write(`${describeBrokenLog(error2)}
`), isLogBroken = !0, process.exitCode = exitCode;
  }), () => process.stdout.write("", () => setImmediate(() => process.exit()));
}
const describeBrokenLog = (error2) => `Standard output cannot be written (${error2.code}), so warnings of this step can be missing.`;
var __webpack_exports__main = __webpack_exports__.i, __webpack_exports__post = __webpack_exports__.b;
export {
  __webpack_exports__main as main,
  __webpack_exports__post as post
};
