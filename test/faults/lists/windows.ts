import {
  dumpsWritten,
  noProxy,
  nothingSealed,
  outOfTheSandbox,
  pageIsAFile,
  permissionsGranted,
  plainTextCalledKeyring,
  requestsPass,
  type Undone,
  unheard,
  windowsMayOpen,
  windowWith,
  withoutSandboxForAll,
} from '../../electron/security/support/doors.ts';
import type { FaultList } from '../fault.ts';
import { releaseTakesAll } from './opened.ts';

/** Each directive of the policy with what would let its attack through. It stands in the header and in the page. */
const weaker = {
  'script-src': ["'self'", "'self' 'unsafe-inline' 'unsafe-eval'"],
  'style-src': ["'self'", "'self' 'unsafe-inline'"],
  'connect-src': ["'none'", '*'],
  'default-src': ["'none'", "'self' counterfoil:"],
  'base-uri': ["'none'", "'self'"],
  'form-action': ["'none'", "'self'"],
} as const;

/** What the window, its page and its bridge lack: security checks 1 to 20, and those of others that need a window. */
export const windowFaults = {
  'page-from-a-file': { says: 'the page is a file', changes: [pageIsAFile, requestsPass] },
  'paths-climb': {
    says: 'the app scheme serves files outside its folder',
    changes: [
      {
        in: 'assetOf',
        find: "if (path.split('/').some((part) => part === '..' || part === '.')) return null;",
        put: '',
      },
      {
        in: 'assetOf',
        find: "$one || $other || inside === '..' || isAbsolute(inside)",
        put: "$one || ($other && inside === '..' && isAbsolute(inside))",
      },
    ],
  },
  'node-in-the-page': {
    says: 'page and workers have Node',
    changes: [
      ...outOfTheSandbox,
      windowWith({ nodeIntegration: true, nodeIntegrationInWorker: true, contextIsolation: false }),
    ],
  },
  'preload-in-frames': {
    says: 'the preload runs in frames',
    changes: [windowWith({ nodeIntegrationInSubFrames: true })],
  },
  'world-shared': {
    says: 'the preload shares its world with the page',
    changes: [
      windowWith({ contextIsolation: false }),
      {
        beside: 'CHANNEL_NAMES',
        find: 'contextBridge.exposeInMainWorld',
        put: '(name: string, api: object) => Object.assign(globalThis, { [name]: api })',
      },
    ],
  },
  'no-sandbox-for-all': {
    says: 'a window may ask for no sandbox',
    changes: [withoutSandboxForAll],
  },
  'till-out-of-the-sandbox': {
    says: 'the till’s own window asks for no sandbox, and may',
    changes: outOfTheSandbox,
  },
  'permissions-granted': {
    says: 'no permission is said to be absent, and who asks is given it',
    changes: [permissionsGranted],
  },
  'devices-granted': {
    says: 'nobody refuses a device',
    changes: [
      { in: 'applySessionPolicy', find: 'session.setDevicePermissionHandler(() => false);', put: '' },
    ],
  },
  'no-web-security': { says: 'web security is off', changes: [windowWith({ webSecurity: false })] },
  'experimental-features': {
    says: 'experimental features are on',
    changes: [windowWith({ experimentalFeatures: true })],
  },
  'weak-policy': {
    says: 'every directive lets its attack through, in header and page',
    changes: Object.entries(weaker).flatMap(([directive, [from, to]]): Undone[] => [
      { in: 'CONTENT_SECURITY_POLICY', find: `"${directive} ${from}"`, put: `"${directive} ${to}"` },
      { page: 'index', directive, put: to },
    ]),
  },
  webviews: { says: 'there are webviews', changes: [windowWith({ webviewTag: true })] },
  'webviews-attach': { says: 'webviews may attach', changes: [unheard('will-attach-webview')] },
  'page-navigates': {
    says: 'the page goes where it likes',
    changes: [unheard('will-navigate', 'will-frame-navigate')],
  },
  'frames-navigate': { says: 'frames go where they like', changes: [unheard('will-frame-navigate')] },
  'page-redirects': { says: 'redirects are followed', changes: [unheard('will-redirect')] },
  'windows-open': { says: 'the page opens windows', changes: [windowsMayOpen] },
  'any-address-opens': {
    says: "every address reaches the person's browser, listed or not",
    changes: [{ in: 'createLinkOpener', find: '!allowed.has(url)', put: 'allowed.size === 0' }],
  },
  'addresses-by-their-beginning': {
    says: 'an address that begins as a listed one does is listed',
    changes: [
      {
        in: 'createLinkOpener',
        find: 'allowed.has(url)',
        put: '[...allowed].some((known) => url.startsWith(known))',
      },
    ],
  },
  'release-takes-switches': {
    says: 'a release takes the switches that open it',
    changes: [releaseTakesAll],
  },
  'tools-in-a-release': {
    says: 'the developer tools open in a release',
    changes: [windowWith({ devTools: true })],
  },
  'release-without-certificates': {
    says: 'a release starts where certificates would not be checked',
    changes: [
      {
        in: 'startProblem',
        beside: 'guardStart',
        find: "!['', '1', undefined].includes($set)",
        put: "['never'].includes($set)",
      },
    ],
  },
  'requests-pass': { says: 'no request is cancelled', changes: [requestsPass] },
  'no-proxy': { says: 'nothing stands between the session and the network', changes: [noProxy] },
  'any-sender': {
    says: 'frames, other windows and other origins are answered',
    changes: [
      {
        in: 'readRequest',
        find: '!sender.isTillWindow || !sender.isMainFrame || sender.origin !== allowedOrigin',
        put: 'sender.origin === null',
      },
    ],
  },
  'bridge-gives-all': {
    says: 'the bridge gives its raw channel and its events away',
    changes: [
      {
        beside: 'CHANNEL_NAMES',
        find: '...Object.fromEntries($methods), onChanges',
        put: '$$, ipcRenderer, call',
      },
      {
        in: 'onChanges',
        beside: 'CHANNEL_NAMES',
        find: 'listener(changes)',
        put: '(listener as (...all: unknown[]) => void)(changes, _event)',
      },
    ],
  },
  'any-arguments': {
    says: 'a function takes what its schema does not name',
    changes: [
      {
        in: 'readRequest',
        find: 'parsed.success ? ok({ channel, args: parsed.data }) : $refused',
        put: 'parsed.success || args ? ok({ channel, args }) : $refused',
      },
    ],
  },
  'arguments-of-any-size': {
    says: 'a function takes messages of any size',
    changes: [
      { in: 'readRequest', find: "if (size === 'too-large') return err(appError('too-large'));", put: '' },
    ],
  },
  'any-reply': {
    says: 'replies and pushes carry what their schemas do not name, of any size',
    changes: [
      { in: 'readReply', find: 'ok(parsed.data)', put: 'ok(result.value)' },
      { in: 'readReply', find: "size !== 'fits'", put: "size === 'not-plain'" },
      {
        in: 'createPusher',
        find: 'target.send(CHANGES_CHANNEL, parsed.data)',
        put: 'target.send(CHANGES_CHANNEL, changes)',
      },
    ],
  },
  'any-channel': {
    says: 'names of every object are channels, and what is not plain data is taken',
    changes: [
      {
        in: 'isChannelName',
        find: "typeof name === 'string' && Object.hasOwn(channels, name)",
        put: 'String(name) in channels',
      },
      {
        in: 'messageSize',
        find: "if (isPlainObject(value)) $count; else return 'not-plain';",
        put: 'if (isPlainObject(value)) $count',
      },
    ],
  },
  'managers-calls-for-all': {
    says: 'what is a manager’s is done without one',
    changes: [
      {
        in: 'answer',
        beside: 'createHandlers',
        find: 'session.admission.admit(name, args)',
        put: "session.admission.admit('policy:get', args)",
      },
    ],
  },
  'nothing-sealed': { says: 'the keyring gives texts back as they are', changes: [nothingSealed] },
  'plain-text-called-keyring': {
    says: 'basic_text calls itself a keyring',
    changes: [plainTextCalledKeyring],
  },
  'a-secret-in-each-place': {
    says: 'log, report, database, backup, export, move, page and dump each keep a secret',
    changes: [
      dumpsWritten,
      // Typed PINs are logged, and no log, report or file of a report is cleaned.
      {
        in: 'connecting',
        find: 'const weak = checkNewPin(managerPin);',
        put: "logger.info('typed', { it: managerPin }); process.getBuiltinModule('node:fs').writeFileSync(process.env.TMPDIR + '/typed', managerPin); $$",
      },
      { in: 'redactText', find: 'let clean = text;', put: 'return text; $$' },
      // They are kept with the hash.
      { in: 'createManagerPin', find: 'lockout: unlocked', put: '$$, typed: pin' },
      { in: 'createPinRepository', find: '{ recovery: record.recovery }', put: 'record' },
      {
        in: 'exportCommand',
        find: 'const lines = writeLines(partial, format(outbox.all()), $percent);',
        put: "const rows = db.prepare('SELECT content FROM journal').pluck().all() as string[]; const lines = writeLines(partial, [...format(outbox.all()), ...rows], $percent);",
      },
      { in: 'memberCard', find: 'maskPhone(member.phone)', put: 'member.phone' },
      { in: 'sealUnder', find: 'cipher.update(plain)', put: 'plain' },
      {
        in: 'makePlace',
        find: 'writeMark(place, writer)',
        put: 'writeMark(place, { ...writer, tillName: passphrase })',
      },
      {
        in: 'PassphraseDialog',
        find: '(pin) => sealedSends[act]({ passphrase, pin })',
        put: '(pin) => { Object.assign(globalThis, { kept: passphrase }); return sealedSends[act]({ passphrase, pin }); }',
      },
    ],
  },
} as const satisfies FaultList<Undone>;
