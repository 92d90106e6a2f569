import type { FaultList } from '../fault.ts';

/** Slips by which a folder that anybody writes into would set a till up: ADR 89. */
export const chainFaults = {
  'all-pages-at-each-till': {
    says: 'each till of a chain reads as many pages of the directory as the account can spare',
    changes: [{ in: 'equalPart', find: 'limit / tillCount', put: 'limit' }],
  },
  'pages-before-entries': {
    says: 'pages of the directory are read while entries wait',
    changes: [{ in: 'callsFor', find: 'facts.waiting > 0', put: 'false' }],
  },
  'any-signature-of-an-owner': {
    says: 'a configuration counts whoever signed it',
    changes: [{ in: 'readShopFile', find: '!isSignedBy(key, signed, signature)', put: 'false' }],
  },
  'any-owners-key': {
    says: 'a key counts that no manager compared',
    changes: [{ in: 'readShopFile', find: 'trusted !== null && key !== trusted', put: 'false' }],
  },
  'older-configurations-come-back': {
    says: 'an older configuration is taken over',
    changes: [{ in: 'heldAgainst', find: 'applied !== null && version < applied.version', put: 'false' }],
  },
  'settings-join-a-chain': {
    says: 'whoever writes into the settings says whose key counts',
    changes: [
      {
        in: 'createChainRepository',
        find: 'journal?.noted(reason)',
        put: 'JSON.parse(settings.get(reason) ?? JSON.stringify(journal?.noted(reason) ?? null))',
      },
    ],
  },
  'half-a-configuration': {
    says: 'the parts of a configuration are commits of their own',
    changes: [
      {
        in: 'takeOver',
        find: 'parts.runInTransaction(() => write(parts, judged))',
        put: 'write(parts, judged)',
      },
    ],
  },
  'displaced-for-good': {
    says: 'what the owner set and something else displaced is not put back',
    changes: [{ in: 'createChainWatch', find: 'next === null && isDisplaced(shop)', put: 'false' }],
  },
  'configured-under-a-form': {
    says: 'a configuration is taken over while somebody is in an entry',
    changes: [{ in: 'mayApply', find: '!hasEntryOpen && $more', put: '$more' }],
  },
  'owners-settings-are-the-managers': {
    says: "a manager changes what the chain's owner has set",
    changes: [{ in: 'fixedAmong', find: "whoSets(name, above) !== 'manager'", put: 'false' }],
  },
  'people-by-their-names': {
    says: 'a person of the owner gets the PIN of one with that name',
    changes: [
      {
        in: 'withOwners',
        find: 'personOf(before, id) ?? noPin',
        put: 'before.people.find((one) => one.name === wanted) ?? noPin',
      },
    ],
  },
  'signed-unseen': {
    says: 'what changed since it was shown to the owner is signed',
    changes: [
      {
        in: 'createOwnerService',
        find: 'shownOf(drawn.value) !== asked.shown',
        put: 'asked.shown === shownOf.name',
      },
    ],
  },
  'at-once-by-a-clock': {
    says: "a version waits at every till for the owner's clock",
    changes: [
      {
        in: 'createOwnerService',
        find: 'fromDay === null ? AT_ONCE_MS : $day',
        put: 'fromDay === null ? Date.now() : $day',
      },
    ],
  },
  'locked-by-new-people': {
    says: 'people of whom nobody has a PIN lock a till at which no manager is',
    changes: [{ in: 'createOwnersPeople', find: 'isUsable && $rest', put: 'false' }],
  },
  'states-of-another-account': {
    says: 'what the tills of another account left in a folder is opened',
    changes: [{ in: 'openForAccount', find: 'head.account !== accountOf(format, desk)', put: 'false' }],
  },
  'sealed-by-what-anybody-knows': {
    says: 'what tills leave for each other is sealed without the App key',
    changes: [{ in: 'secretOf', beside: 'openForAccount', find: 'appKey.trim()', put: "''" }],
  },
  'one-tills-state-as-anothers': {
    says: 'a state counts for the till whose name its file was given',
    changes: [
      { in: 'openTillState', find: 'state !== null && state.tillId === tillId', put: 'state !== null' },
    ],
  },
  'copies-write-unseen': {
    says: "a till writes over a living copy's state and tells nobody",
    changes: [{ in: 'isOfLivingCopy', find: 'run !== ownRun && saw === ownRun', put: 'false' }],
  },
  'old-states-live': {
    says: 'a till is heard of by an old state that somebody puts back',
    changes: [
      {
        in: 'observe',
        find: 'before === undefined ? Math.min(atMs, nowMs) > known.seenAtMs : reached(state) > before',
        put: 'true',
      },
    ],
  },
  'all-tills-for-anybody': {
    says: "a till without the owner's key shows what all tills say of themselves",
    changes: [
      {
        in: 'createStatesRoom',
        find: "parts.holdsKey() ? ok(tills()) : err(appError('chain-no-key'))",
        put: 'ok(tills())',
      },
    ],
  },
} as const satisfies FaultList;
