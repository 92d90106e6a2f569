import type { FaultList } from '../fault.ts';

const signatureAtHand = {
  in: 'logEnd',
  find: '{ increment, number }: BegunAttempt',
  put: '{ increment, number, signed }: BegunAttempt',
} as const;

const hexNotMasked = { in: 'redactText', find: '$text.replace(longHex, HIDDEN)', put: '$text' } as const;

/** Slips by which a secret would be kept, logged or told: security checks 21 to 25 and 27. */
export const secretFaults = {
  'keys-not-sealed': {
    says: 'the keys lie in their file as they are',
    changes: [
      { in: 'createVault', find: 'await secrets.encrypt(secret)', put: 'Buffer.from(secret)' },
      { in: 'openFile', find: '!appKey || $more', put: '$more' },
    ],
  },
  'synchronous-sealing': {
    says: 'the keyring is asked by the calls that hold up the till',
    changes: [
      {
        in: 'createSafeStorageSecretStore',
        find: 'await safeStorage.isAsyncEncryptionAvailable()',
        put: '(safeStorage as unknown as { isEncryptionAvailable(): boolean }).isEncryptionAvailable()',
      },
    ],
  },
  'basic-text-is-a-keyring': {
    says: 'basic_text is not known as plain text',
    changes: [
      {
        in: 'createSafeStorageSecretStore',
        find: "if (backend === 'basic_text') return 'keyring-plain-text';",
        put: '',
      },
    ],
  },
  'any-back-end-is-a-keyring': {
    says: 'a back end that is not on the list is a keyring',
    changes: [
      {
        in: 'createSafeStorageSecretStore',
        find: "if (!linuxKeyrings.includes(backend)) return 'keyring-unavailable';",
        put: 'void linuxKeyrings;',
      },
    ],
  },
  'public-password-is-a-seal': {
    says: 'what is sealed with the public password is sealed',
    changes: [{ in: 'isSealedWithPublicPassword', find: "$mark === 'v10'", put: "$mark === 'none'" }],
  },
  'no-till-without-the-key': {
    says: 'a till whose key is lost does not open',
    changes: [
      {
        in: 'openLiveSession',
        find: "if (vaultState.state === 'lost') $tell;",
        put: "if (vaultState.state === 'lost') return ok(null); if (vaultState.state !== 'present') $tell",
      },
    ],
  },
  // Paused for another reason, or the loop would try again and again and hold up the check.
  'lost-key-is-no-pause': {
    says: 'nobody is told that the key is lost, and asked for it',
    changes: ['createLinkRoom', 'verifiedBody'].map((symbol) => ({
      in: symbol,
      find: "withPause(state, 'key-lost', '', at.nowMs)",
      put: "withPause(state, 'disk', '', at.nowMs)",
    })),
  },
  'key-left-in-the-provisioning-file': {
    says: 'the key stays in the file that brought it',
    changes: [{ in: 'wipeProvisioning', find: 'appKey: _key', put: '' }],
  },
  'pin-left-in-the-provisioning-file': {
    says: 'the PIN stays in the file that brought it',
    changes: [{ in: 'wipeProvisioning', find: 'managerPin: _pin', put: '' }],
  },
  'provisioning-file-made-anew': {
    says: 'the file that brought the key is made anew, its bytes left on the disk',
    changes: [
      {
        in: 'overwrite',
        find: "const file = whileRefusedSync(() => openSync(path, 'r+'));",
        put: "process.getBuiltinModule('node:fs').rmSync(path); const file = openSync(path, 'wx+');",
      },
    ],
  },
  'signature-logged': {
    says: 'the signature is logged, and not masked',
    changes: [
      signatureAtHand,
      hexNotMasked,
      { in: 'logEnd', find: 'entry: increment.id', put: 'entry: signed.signature' },
    ],
  },
  'body-logged': {
    says: 'the body is logged, and not masked',
    changes: [
      signatureAtHand,
      { in: 'logEnd', find: 'entry: increment.id', put: 'entry: String(signed.body)' },
      { in: 'redactText', find: '$text.replace(signedBody, HIDDEN)', put: '$text' },
    ],
  },
  'key-logged': {
    says: 'the key is logged, and neither known nor masked',
    changes: [
      { in: 'logExchange', find: 'logger: Logger | undefined', put: 'account: HostAccount, $$' },
      {
        in: 'logExchange',
        find: 'method, phase: exchange.phase',
        put: 'method: account.appKey, phase: exchange.phase',
      },
      ...['createKybioClient.read', 'createKybioClient.sendIncrement'].map((symbol) => ({
        in: symbol,
        find: 'logExchange(logger, method, exchange)',
        put: 'logExchange(account, logger, method, exchange)',
      })),
      hexNotMasked,
      {
        in: 'createFileLogger',
        find: 'if (isWorthKnowing(secret)) known.add(secret.trim());',
        put: 'isWorthKnowing(secret);',
      },
    ],
  },
  'pin-logged': {
    says: 'the PIN is logged under a harmless name',
    changes: [
      {
        in: 'answer',
        beside: 'createHandlers',
        find: 'if (session === null) $without;',
        put: "logger.info('call', { typed: String((args as { pin?: string }).pin) }); $$",
      },
    ],
  },
  'typed-key-logged': {
    says: 'a key is logged as it is typed',
    changes: [
      {
        in: 'createProgramRoom.setup:test',
        find: 'if (till.isLiveConfigured()) $refuse;',
        put: "parts.logger.info('setup', { typed: typed.appKey }); $$",
      },
    ],
  },
  'phones-not-masked': {
    says: 'the page is told whole phone numbers',
    changes: [{ in: 'memberCard', find: 'maskPhone(member.phone)', put: 'member.phone' }],
  },
  'phone-in-the-snapshot': {
    says: 'the snapshot tells a phone number',
    changes: [
      {
        in: 'openSnapshot',
        find: '...readOf(session, null)',
        put: "$$, ...{ problem: { code: 'internal', details: { words: session.members.directory.find('e', 1)[0]?.phone ?? '' } } }",
      },
    ],
  },
  'signature-exported': {
    says: 'the export tells a signature',
    changes: [
      {
        in: 'columnsWith',
        text: 'AS corrected_by',
        put: '$$, (SELECT substr(j.content, 3, 32) FROM journal j WHERE j.entry = i.sequence ORDER BY j.number LIMIT 1) AS note',
      },
    ],
  },
  'report-knows-no-vault': {
    says: 'what the vault holds is not looked for in a report',
    changes: [
      { in: 'hiddenTexts', find: 'texts.flatMap', put: '[].concat(texts as never).slice(0, 0).flatMap' },
    ],
  },
  'report-with-the-log-as-it-is': {
    says: 'the log is not cleaned again for a report',
    changes: [{ in: 'diagnosticsText', find: 'log.map((line) => cleanLine(line, hidden))', put: '[...log]' }],
  },
  'report-with-facts-as-they-are': {
    says: 'the facts of a report are not cleaned',
    changes: [{ in: 'diagnosticsText', find: "clean('', facts, hidden)", put: 'facts' }],
  },
  'report-with-names-as-they-are': {
    says: 'names of values in a report are not cleaned',
    changes: [{ in: 'clean', beside: 'diagnosticsText', find: 'redactText(key, hidden)', put: 'key' }],
  },
  'recovery-codes-not-masked': {
    says: 'a recovery code is not known by its form',
    changes: [{ in: 'redactText', find: '$text.replace(recoveryCode, HIDDEN)', put: '$text' }],
  },
} as const satisfies FaultList;
