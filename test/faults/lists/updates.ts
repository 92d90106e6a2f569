import type { FaultList } from '../fault.ts';

/** Slips in what is put in the till's place, and when: security checks 41 to 44. */
export const updateFaults = {
  'any-key-signs': {
    says: 'a list of versions is ours, whoever has signed it',
    changes: [{ in: 'readList', find: 'isSigned(list, signature, keys)', put: '$$ || true' }],
  },
  'hash-not-checked-as-it-comes': {
    says: 'a file is the listed one, whatever came',
    changes: [{ in: 'complete', find: "part.hash.digest('hex') !== file.sha512", put: 'false' }],
  },
  'hash-not-checked-in-place': {
    says: 'a file that was swapped since is put in place',
    changes: [{ in: 'copySigned', find: "hash.digest('hex') === sha512", put: 'true' }],
  },
  downgrades: {
    says: 'an older version is offered',
    changes: [{ in: 'evaluateRelease', find: 'step < 0', put: 'step < -1_000_000' }],
  },
  'below-the-floor': {
    says: 'a version below the floor is offered',
    changes: [
      {
        in: 'evaluateRelease',
        find: 'seen.floor !== null && compareVersions(version, seen.floor) < 0',
        put: 'false',
      },
    ],
  },
  'an-older-list': {
    says: 'a list from before the newest that was seen is taken',
    changes: [{ in: 'timeProblem', find: 'issuedAtMs < seen.newestIssuedAtMs', put: 'false' }],
  },
  'feed-redirects': {
    says: 'a redirect of the feed is followed',
    changes: [
      { in: 'ask', beside: 'mayAskAt', find: "redirect: 'manual'", put: "redirect: 'follow' as 'manual'" },
    ],
  },
  'feed-by-http': {
    says: 'the feed may be any host by http',
    changes: [
      {
        in: 'mayAskAt',
        find: "protocol === 'http:' && loopbackAllowed && isLoopback(hostname)",
        put: "protocol === 'http:'",
      },
    ],
  },
  'feed-on-this-machine': {
    says: 'a release takes a feed of its own machine',
    changes: [
      {
        in: 'mayAskAt',
        find: "protocol === 'http:' && loopbackAllowed && isLoopback(hostname)",
        put: "protocol === 'http:' && isLoopback(hostname)",
      },
    ],
  },
  'feed-from-the-environment': {
    says: 'a release takes a feed from its environment',
    changes: [
      {
        in: 'feedOf',
        find: 'if (release) $then;',
        put: 'if (release && env[TEST_FEED] === undefined) $then',
      },
    ],
  },
  'update-while-sending': {
    says: 'a version is put in place while an entry is sent',
    changes: [{ in: 'busyWith', find: 'till.sending > 0', put: 'false' }],
  },
  'update-in-a-check-up': {
    says: 'a version is put in place in a check-up',
    changes: [{ in: 'busyWith', find: 'if (till.checkUpOpen) $then;', put: 'if (false) $then' }],
  },
  'update-in-a-count': {
    says: 'a version is put in place while the drawer is counted',
    changes: [{ in: 'busyWith', find: 'if (till.countOpen) $then;', put: 'if (false) $then' }],
  },
  'update-over-a-form': {
    says: 'a version is put in place over a form',
    changes: [{ in: 'busyWith', find: "till.page === 'form'", put: 'false' }],
  },
  'update-over-a-review': {
    says: 'a version is put in place over a review',
    changes: [{ in: 'busyWith', find: "till.page === 'review'", put: 'false' }],
  },
  'update-as-the-program-ends': {
    says: 'a version is put in place while the program ends',
    changes: [{ in: 'whyNotNow', find: 'if (occasion.isEnding) $then;', put: 'if (false) $then' }],
  },
  'trial-not-asked': {
    says: 'a version that says no after its trial takes the place',
    changes: [{ in: 'evaluateAnswer', find: '!answer.ok || answer.problems.length > 0', put: 'false' }],
  },
  'trial-may-fail': {
    says: 'a version whose trial ends with 1 takes the place',
    changes: [{ in: 'evaluateAnswer', find: 'ended.exitCode !== 0', put: 'false' }],
  },
  'log-of-the-trial-stays': {
    says: 'the write-ahead log of a trial stays beside the database that was put back',
    changes: [{ in: 'rollBack', find: '...logs, ...absent', put: '' }],
  },
  'entries-since-are-lost': {
    says: 'a database is put back over what was entered since',
    changes: [{ in: 'mayRollBack', find: 'since === null || since.others === 0', put: 'true' }],
  },
  'half-a-copy-comes-back': {
    says: 'a copy is put back that is not whole',
    changes: [
      { in: 'stillToRollBack', find: 'if (await isWhole(aside, file)) return true;', put: 'return true;' },
    ],
  },
} as const satisfies FaultList;
