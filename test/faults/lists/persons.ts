import type { FaultList } from '../fault.ts';

/** Slips in what persons may do, and in what they are known by: security checks 31 to 34. */
export const personFaults = {
  'cheap-hash': {
    says: 'a PIN is hashed at a cost that a thief can pay',
    changes: [{ in: 'SCRYPT_COST', find: '2 ** 17', put: '2 ** 14' }],
  },
  'pins-without-pepper': {
    says: 'a PIN is hashed without the pepper',
    changes: [
      {
        in: 'pepperPin',
        find: "createHmac('sha256', pepper).update(pin, 'utf8').digest()",
        put: 'Buffer.from(pin)',
      },
    ],
  },
  'recovery-needs-the-pepper': {
    says: 'the recovery code does not open where the pepper is lost',
    changes: [
      {
        in: 'createManagerPin',
        find: 'const symbols = normaliseRecoveryCode(typed);',
        put: 'if (options.pepper() === null) return pepperLost(); $$',
      },
    ],
  },
  'recovery-code-serves-twice': {
    says: 'a used recovery code stays',
    changes: [
      {
        in: 'createManagerPin',
        find: 'recovery: await $made',
        put: 'recovery: store.load()?.recovery ?? (await $made)',
      },
    ],
  },
  'failure-kept-when-known': {
    says: 'a wrong PIN is counted once it is known to be wrong: a kill is a free guess',
    changes: [{ in: 'createManagerPin', find: 'lock.keep(record, failed)', put: 'await null' }],
  },
  'failures-not-counted': {
    says: 'wrong PINs are not counted',
    changes: [{ in: 'afterFailure', beside: 'lockAfterFailuresMs', find: 'state.failures + 1', put: '0' }],
  },
  'lockout-by-the-wall': {
    says: 'a lock ends by the clock that anybody sets',
    changes: [
      {
        in: 'createLock',
        find: 'clock.monotonicMs() - sinceMs',
        put: '(clock as Clock).nowMs() - 1_768_454_783_000',
      },
    ],
  },
  'cap-too-high': {
    says: 'amounts above the cap pass',
    changes: [
      {
        in: 'checkAmounts',
        find: 'compareAmounts($amount, limits.balanceCap) > 0',
        put: 'compareAmounts($amount, limits.balanceCap) > 9',
      },
    ],
  },
  'amounts-below-zero': {
    says: 'amounts below zero pass',
    changes: [
      {
        in: 'checkAmounts',
        find: 'compareAmounts(balanceIncrement, zeroAmount) < 0',
        put: 'compareAmounts(balanceIncrement, zeroAmount) < -9',
      },
    ],
  },
  'unlocked-for-ever': {
    says: 'what a manager has unlocked stays open',
    changes: [
      {
        in: 'createUnlocking',
        find: 'return endsAtMonotonicMs - clock.monotonicMs();',
        put: 'return endsAtMonotonicMs;',
      },
    ],
  },
  'lock-not-told': {
    says: 'what a manager has unlocked ends without telling the page',
    changes: [{ in: 'createUnlocking', find: 'cancel = clock.schedule(forMs, lock)', put: 'void lock' }],
  },
  'wrong-pin-leaves-it-open': {
    says: 'a wrong PIN does not lock what is open',
    changes: [{ in: 'createUnlocking', find: 'lock();', put: '' }],
  },
  'cashiers-approve': {
    says: 'whoever stands for it need not be a manager',
    changes: [{ in: 'refusal', find: "approver.role === 'manager' && $more", put: '$more' }],
  },
  'own-approval': {
    says: 'a person approves what is theirs',
    changes: [{ in: 'refusal', find: '$more && approver.id !== person.id', put: '$more' }],
  },
  'no-approval-needed': {
    says: 'what needs an approval passes without one',
    changes: [{ in: 'refusal', find: "appError('approval-needed', { reason: act })", put: 'null' }],
  },
  'denied-acts-pass': {
    says: 'what a person may not do passes',
    changes: [{ in: 'refusal', find: "appError('act-denied', { reason: act })", put: 'null' }],
  },
  'never-signed-out': {
    says: 'a till that nobody touches is not locked',
    changes: [{ in: 'createSignedIn', find: 'forget = clock.schedule(afterMs, lock)', put: 'void lock' }],
  },
  'persons-failure-not-kept': {
    says: "a person's wrong PIN is not counted before it is looked at",
    changes: [{ in: 'createPersonPins', find: 'keep(id, failed);', put: '' }],
  },
  'persons-lock-opens': {
    says: "a person's lock does not hold",
    changes: [{ in: 'createPersonPins', find: 'now.remainingMs > 0', put: 'now.remainingMs > 0 && false' }],
  },
  'policy-file-of-anybody': {
    says: 'whoever may write a policy file sets limits by it',
    changes: [{ in: 'byOwner', find: 'uid !== owner', put: 'false' }],
  },
  'policy-file-that-others-write': {
    says: 'a policy file counts that others than its owner may write',
    changes: [{ in: 'byOwner', find: '(mode & OTHERS_WRITE) !== 0', put: 'false' }],
  },
  'policy-file-by-a-link': {
    says: 'a link is followed to a policy file elsewhere',
    changes: [
      { in: 'HOW', beside: 'loadItPolicy', find: 'constants.O_NOFOLLOW ?? 0', put: '0' },
      { in: 'kindProblem', find: '(await lstat(path)).isSymbolicLink()', put: 'false' },
    ],
  },
  'policy-file-of-a-windows-user': {
    says: "a policy file counts that Windows' till user owns",
    changes: [{ in: 'isAdministratorsAlone', find: '!administrators.has(owner)', put: 'false' }],
  },
  'policy-file-that-windows-users-write': {
    says: "a policy file counts that Windows' users may write",
    changes: [{ in: 'mayAlter', find: '(mask & alters[of]) !== 0', put: 'false' }],
  },
  'locked-settings-change': {
    says: 'a manager changes what IT has locked',
    changes: [{ in: 'createPolicyRoom', find: 'fixed !== null', put: 'false' }],
  },
} as const satisfies FaultList;
