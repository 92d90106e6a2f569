import type { FaultList } from '../fault.ts';

const notReadBack = {
  in: 'assertDurable',
  find: "journal !== 'wal' || synchronous !== 2",
  put: "journal === ''",
} as const;

/** Slips in what is kept, for how long, and how surely: security checks 28 to 30. */
export const recordFaults = {
  'another-account-over-old-entries': {
    says: 'a folder whose entries are all settled takes another account',
    changes: [{ in: 'changeProblem', find: 'hasHistory(db, settings)', put: 'waits' }],
  },
  'entries-of-whom-nobody-knows': {
    says: 'a folder that lost its account is set up for any, over its entries',
    changes: [
      { in: 'accountProblem', beside: 'changeProblem', find: 'hasHistory(db, settings)', put: 'false' },
    ],
  },
  'members-kept-for-ever': {
    says: 'a member of whom nothing is read is not forgotten',
    changes: [
      {
        in: 'createMemberRetentionService',
        find: 'directory.forgetOlder(clock.nowMs() - keptMs(), MOST_AT_ONCE)',
        put: '0',
      },
    ],
  },
  'members-with-open-entries-forgotten': {
    says: 'a member is forgotten who has an entry that has not ended',
    changes: [
      {
        in: 'createDirectoryRepository',
        text: "state IN ('queued', 'sending', 'unknown', 'review')) LIMIT",
        put: "state IN ('')) LIMIT",
      },
    ],
  },
  'erased-member-comes-back-by-a-list': {
    says: 'a list of members brings back who was erased',
    changes: [{ in: 'createDirectoryRepository.isForgotten', find: 'wasErased(customerUid)', put: 'false' }],
  },
  'member-erased-with-an-open-entry': {
    says: 'a name is erased that money under way needs',
    changes: [
      {
        in: 'createEraseMember.problemOf',
        find: 'entries > 0',
        put: 'false',
      },
    ],
  },
  'erased-name-stays-in-the-tables': {
    says: 'what is erased beside the chain is still found and shown',
    changes: [
      {
        in: 'createErasedMembers',
        find: '[eraseNames, addNobody, takeOut, forget]',
        put: '[eraseNames]',
      },
    ],
  },
  'backup-brings-the-erased-back': {
    says: 'a restored backup brings back who was erased since, and they stay',
    changes: [{ in: 'erasedIn', find: 'isErasedDigest(digest) ? [digest] : []', put: '[]' }],
  },
  'chain-not-checked': {
    says: 'a row that was altered is sealed',
    changes: [
      { in: 'isSealed', find: 'sameMac(sealRow(key, previousMac, row), row.mac)', put: '$$ || true' },
    ],
  },
  'older-journal-passes': {
    says: 'a journal that is older than its head says is the newest',
    changes: [
      {
        in: 'inspect',
        find: 'now.chain !== trusted.chain || now.count < trusted.count || !journal.contains(trusted)',
        put: 'now.chain !== trusted.chain',
      },
    ],
  },
  'alarm-holds-nothing': {
    says: 'what is open goes on in spite of an alarm',
    changes: [
      { in: 'createRecordsAtStart', find: "transitions.sendToReview(entry, 'restored')", put: 'void entry' },
    ],
  },
  'alarm-not-told': {
    says: 'nobody is told that the journal is broken',
    changes: [{ in: 'createRecordsAtStart', find: 'problem: () => problem', put: 'problem: () => null' }],
  },
  'not-full': {
    says: 'a commit does not wait for the disk',
    changes: [{ in: 'prepare', find: "'synchronous = FULL'", put: "'synchronous = NORMAL'" }],
  },
  'not-full-nor-read-back': {
    says: 'a commit does not wait for the disk, and nobody looks whether it does',
    changes: [{ in: 'prepare', find: "'synchronous = FULL'", put: "'synchronous = NORMAL'" }, notReadBack],
  },
  'no-log-nor-read-back': {
    says: 'there is no write-ahead log, and nobody looks whether there is',
    changes: [{ in: 'prepare', find: "db.pragma('journal_mode = WAL');", put: '' }, notReadBack],
  },
} as const satisfies FaultList;
