import type { FaultName } from './faults.ts';

/** A fault that an ordinary test finds. */
interface Ordinary {
  readonly fault: FaultName;
  /** Number of the security check that the fault is a control of; empty where there is none. */
  readonly check: string;
  /** The test, below `test/`. */
  readonly by: string;
}

/** The tests that failed with a fault, by its name. */
export type Told = Readonly<Record<string, readonly string[]>>;

const found: Readonly<Record<string, Partial<Record<FaultName, string>>>> = {
  '': {
    'start-up-is-quiet': 'app/age-over-restart',
    'quiescence-40s': 'app/lost-reply',
    'old-evidence-counts': 'app/lost-reply',
    'head-follows-late': 'app/lost-wal',
    'send-now-releases': 'sending/backoff',
    'success-need-not-fit': 'hosts/kybio/success-fits',
    'fragments-refuse': 'hosts/kybio/words',
    'another-card': 'hosts/kybio/queried-member',
    'stillness-60s': 'sending/unchanged-balance',
    'copies-move': 'sending/unchanged-balance',
    'movement-alone': 'sending/unchanged-balance',
    'retry-unknowns': 'sending/without-card',
    'all-pages-at-each-till': 'hosts/link/call-budget',
    'pages-before-entries': 'hosts/link/call-budget',
    'any-signature-of-an-owner': 'chain/shop-file',
    'any-owners-key': 'chain/shop-file',
    'older-configurations-come-back': 'chain/shop-file',
    'settings-join-a-chain': 'chain/joined-till',
    'half-a-configuration': 'chain/joined-till',
    'displaced-for-good': 'chain/joined-till',
    'configured-under-a-form': 'chain/joined-till',
    'owners-settings-are-the-managers': 'chain/joined-till',
    'people-by-their-names': 'chain/joined-till',
    'states-of-another-account': 'chain/states/till-state',
    'sealed-by-what-anybody-knows': 'chain/states/till-state',
    'one-tills-state-as-anothers': 'chain/states/till-state',
    'copies-write-unseen': 'chain/states/observe',
    'old-states-live': 'chain/states/observe',
    'all-tills-for-anybody': 'chain/states/states-of-till',
    'signed-unseen': 'chain/owner',
    'at-once-by-a-clock': 'chain/owner',
    'locked-by-new-people': 'chain/owners-people',
    'without-rule-4': 'ledger/settle',
    'without-rule-6': 'members/member-reader',
    'without-rule-8': 'ledger/transitions',
    'without-the-look': 'sending/needs-check',
    'look-at-fresh-sums': 'sending/pre-send-check',
    'a-second-is-always-ours': 'app/two-tills-one-number',
    'interrupted-is-queued': 'ledger/recovery',
    'broken-back-end-is-queued': 'ledger/settle',
    'unknown-holds-nobody': 'ledger/outbox-repository',
    'cancel-not-journaled': 'ledger/transitions',
    'copy-of-the-head-not-asked': 'app/restored-folder',
    'one-member-at-once': 'sending/sync-loop',
    'two-in-the-lane': 'sending/plan',
    'connections-are-kept': 'hosts/kybio/connections',
    'any-row-is-a-fingerprint': 'sending/recharge-log',
    'silence-of-an-unproven-kind': 'sending/unchanged-balance',
    'answered-reads-release': 'sending/backoff',
    'erased-member-comes-back-by-a-list': 'day/member-data/member-data',
    'member-erased-with-an-open-entry': 'day/member-data/member-data',
    'erased-name-stays-in-the-tables': 'ledger/erased-members',
    'backup-brings-the-erased-back': 'day/member-data/member-data',
    'another-account-over-old-entries': 'app/provision',
    'entries-of-whom-nobody-knows': 'app/provision',
  },
  '5': { 'devices-granted': 'electron-shell/shell' },
  '21': {
    'keys-not-sealed': 'people/credentials/vault',
    'synchronous-sealing': 'electron-shell/secret-store',
  },
  '22': {
    'basic-text-is-a-keyring': 'electron-shell/secret-store',
    'any-back-end-is-a-keyring': 'electron-shell/secret-store',
    'public-password-is-a-seal': 'electron-shell/secret-store',
  },
  '23': {
    'no-till-without-the-key': 'security/lost-key',
    'lost-key-is-no-pause': 'security/lost-key',
  },
  '24': {
    'report-knows-no-vault': 'security/diagnostics',
    'report-with-the-log-as-it-is': 'security/diagnostics',
    'report-with-facts-as-they-are': 'security/diagnostics',
    'report-with-names-as-they-are': 'security/diagnostics',
    'recovery-codes-not-masked': 'security/diagnostics',
    'signature-logged': 'security/leaks',
    'body-logged': 'security/leaks',
    'key-logged': 'security/leaks',
    'pin-logged': 'security/leaks',
    'typed-key-logged': 'security/leaks',
    'phones-not-masked': 'security/leaks',
    'phone-in-the-snapshot': 'security/leaks',
    'signature-exported': 'security/leaks',
  },
  '25': {
    'key-left-in-the-provisioning-file': 'people/credentials/provisioning',
    'pin-left-in-the-provisioning-file': 'people/credentials/provisioning',
    'provisioning-file-made-anew': 'people/credentials/provisioning',
  },
  '26': {
    'every-field-of-a-member': 'hosts/kybio/read',
  },
  '28': {
    'members-kept-for-ever': 'members/retention',
    'members-with-open-entries-forgotten': 'members/retention',
  },
  '29': {
    'chain-not-checked': 'ledger/journal-audit',
    'older-journal-passes': 'app/lost-wal',
    'alarm-holds-nothing': 'app/duplicate-after-restore',
    'alarm-not-told': 'app/lost-wal',
  },
  '30': {
    'not-full': 'kernel/database/open',
    'not-full-nor-read-back': 'kernel/database/open',
    'no-log-nor-read-back': 'kernel/database/open',
  },
  '31': {
    'cheap-hash': 'people/credentials/manager-pin',
    'pins-without-pepper': 'people/credentials/manager-pin',
    'recovery-needs-the-pepper': 'people/credentials/manager-pin',
    'recovery-code-serves-twice': 'people/credentials/manager-pin',
  },
  '32': {
    'failure-kept-when-known': 'people/credentials/manager-pin',
    'failures-not-counted': 'people/credentials/lockout',
    'lockout-by-the-wall': 'people/credentials/manager-pin',
    'persons-failure-not-kept': 'people/person-pins',
    'persons-lock-opens': 'people/person-pins',
  },
  '33': {
    'cap-too-high': 'counter/check-draft',
    'amounts-below-zero': 'counter/check-draft',
    'cashiers-approve': 'people/decide',
    'own-approval': 'people/decide',
    'no-approval-needed': 'people/decide',
    'denied-acts-pass': 'people/decide',
  },
  '34': {
    'unlocked-for-ever': 'people/credentials/unlocking',
    'lock-not-told': 'people/credentials/unlocking',
    'wrong-pin-leaves-it-open': 'people/credentials/unlocking',
    'never-signed-out': 'people/signed-in',
  },
  '36': {
    'any-certificate': 'hosts/kybio/transport-not-sent',
    'verification-off-by-environment': 'hosts/kybio/transport-not-sent',
    'old-tls': 'hosts/kybio/transport-not-sent',
  },
  '37': {
    'plain-http': 'hosts/kybio/host',
    'loopback-by-its-beginning': 'hosts/kybio/host',
  },
  '38': {
    'redirects-followed': 'hosts/kybio/transport-answered',
  },
  '39': {
    'replies-of-any-size': 'hosts/kybio/transport-lost',
    'replies-that-grow': 'hosts/kybio/transport-lost',
    'no-deadline': 'hosts/kybio/transport-lost',
  },
  '40': {
    'system-not-asked-for-ways': 'hosts/kybio/proxy-list',
    'straight-where-no-way-is-left': 'hosts/kybio/proxy-list',
    'straight-where-the-kind-is-unknown': 'hosts/kybio/proxy-list',
    'system-authorities-left-out': 'hosts/kybio/proxy-list',
    'http-by-a-proxy': 'hosts/kybio/proxy',
  },
  '41': {
    'any-key-signs': 'updates/tampering',
    'hash-not-checked-as-it-comes': 'updates/tampering',
    'hash-not-checked-in-place': 'updates/tampering',
  },
  '42': {
    downgrades: 'updates/tampering',
    'below-the-floor': 'updates/tampering',
    'an-older-list': 'updates/tampering',
  },
  '43': {
    'feed-redirects': 'updates/tampering',
    'feed-by-http': 'updates/pure',
    'feed-on-this-machine': 'updates/pure',
    'feed-from-the-environment': 'updates/pure',
  },
  '44': {
    'update-while-sending': 'updates/may-install',
    'update-in-a-check-up': 'updates/may-install',
    'update-in-a-count': 'updates/may-install',
    'update-over-a-form': 'updates/may-install',
    'update-over-a-review': 'updates/may-install',
    'update-as-the-program-ends': 'updates/may-install',
    'trial-not-asked': 'updates/trial/answer',
    'trial-may-fail': 'updates/trial/answer',
    'log-of-the-trial-stays': 'updates/trial/roll-back',
    'entries-since-are-lost': 'updates/trial/roll-back',
    'half-a-copy-comes-back': 'updates/trial/roll-back',
  },
  '45': {
    'policy-file-of-anybody': 'support/policy-file',
    'policy-file-that-others-write': 'support/policy-file',
    'policy-file-by-a-link': 'support/policy-file',
    'policy-file-of-a-windows-user': 'support/policy-file',
    'policy-file-that-windows-users-write': 'support/policy-file',
    'locked-settings-change': 'app/it-policy',
  },
};

/** Faults for which no test of their own is planted: who finds each is held to it by `ordinary.deep.test.ts`. */
export const ordinary: readonly Ordinary[] = Object.entries(found).flatMap(([check, faults]) =>
  Object.entries(faults).map(([fault, by]) => ({ fault: fault as FaultName, check, by })),
);
