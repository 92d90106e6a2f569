import { patch } from '../security/support/patch.ts';
import type { Mutant } from './mutants.ts';

const TRANSITIONS = 'main/outbox/transitions-repository.ts';
const READER = 'main/members/member-reader.ts';

/** Policies and left-out rules that must not hold (exactly-once, "How it is proven"). */
export const controls: readonly Mutant[] = [
  {
    name: 'answered-reads-release',
    says: 'a read that is answered proves the increment call too',
    patches: [
      patch(
        'main/sync/link-state.ts',
        'const next = withoutPauses({ ...answered(link, at), retryAtMonotonicMs: waits }',
        'const next = withoutPauses({ ...answered(link, at), retryAtMonotonicMs: waits, brake: released }',
      ),
    ],
    hunt: { profile: 'broken', firstSeed: 1 },
    breaks: ['spent on a broken call'],
  },
  {
    name: 'send-now-releases',
    says: '"Send now" and a change of network end the wait that was earned',
    patches: [
      patch(
        'main/sync/link-state.ts',
        '  ...link,\n  connectFailures: 0,\n  retryAtMonotonicMs: 0,',
        '  ...link,\n  connectFailures: 0,\n  brake: { ...link.brake, heldUntilMonotonicMs: 0 },\n  retryAtMonotonicMs: 0,',
      ),
    ],
    hunt: { profile: 'broken', firstSeed: 1 },
    breaks: ['spent on a broken call'],
  },
  {
    name: 'retry-unknowns',
    says: 'an unknown is sent again after quiescence, whatever the host does with duplicates',
    patches: [
      patch(
        'main/sync/investigation.ts',
        'const again = maySendAgain(of, profile, policy);',
        'const again = of.ageMs >= 0;',
      ),
    ],
    hunt: { profile: 'single', firstSeed: 2 },
    breaks: ['doubled'],
  },
  {
    name: 'movement-alone',
    says: 'exact movement decides alone, also where others write',
    patches: [
      patch(
        'main/sync/decide.ts',
        'movement.verdict !== null && policy.singleWriter',
        'movement.verdict !== null',
      ),
    ],
    hunt: { profile: 'nothing', crowd: 'busy', firstSeed: 65 },
    breaks: ['wrongly confirmed', 'doubled'],
  },
  {
    name: 'quiescence-40s',
    says: 'evidence counts 40 s after the end of an attempt',
    patches: [
      patch(
        'main/sync/detective-service.ts',
        'startedAtMs) + quiescenceMs;',
        'startedAtMs) + quiescenceMs * 0 + 40_000;',
      ),
    ],
    hunt: { profile: 'log', firstSeed: 2 },
    breaks: ['doubled'],
  },
  {
    name: 'without-rule-4',
    says: 'a later attempt speaks for the earlier ones, and a touched entry can be cancelled',
    patches: [
      patch('main/outbox/settle.ts', "before.undecidedEarlier ? 'unknown' : decided", 'decided'),
      patch(
        TRANSITIONS,
        "state = 'queued' AND touched = 0 AND version = ?",
        "state = 'queued' AND version = ?",
      ),
      patch(TRANSITIONS, '      before.touched ||\n', ''),
    ],
    hunt: { profile: 'duplicates', firstSeed: 4 },
    breaks: ['wrongly cancelled', 'applied while queued'],
  },
  {
    name: 'without-rule-6',
    says: 'the newest reading is the baseline, whatever was sent while it was made and confirmed since',
    patches: [
      patch(
        READER,
        'const quiet = !before.sending && !after.sending && before.begun === after.begun;',
        'const quiet = before.begun <= after.begun;',
      ),
      patch(READER, 'isBaseline: quiet && !after.undecided };', 'isBaseline: quiet };'),
      patch(READER, '!epoch.sending && transitions.sendEpoch().begun === epoch.begun', 'epoch.begun >= 0'),
      patch(
        READER,
        'isBaseline: quiet && !transitions.sendMark(member.customerUid).undecided',
        'isBaseline: quiet',
      ),
      patch('main/sync/commit-end.ts', 'if (mayHaveMoved(end)) learnSums', 'if (end === null) learnSums'),
      patch(
        'main/sync/detective-service.ts',
        "if (state === 'confirmed') directory.forgetBaseline",
        "if (state === 'sending') directory.forgetBaseline",
      ),
    ],
    hunt: { profile: 'single', crowd: 'regulars', firstSeed: 76 },
    breaks: ['wrongly confirmed', 'doubled'],
  },
  {
    name: 'without-rule-8',
    says: 'a transition asks neither for the old state nor for the version',
    patches: [
      patch(
        'main/outbox/attempts.ts',
        'WHERE id = ? AND state = ? AND version = ?"',
        "WHERE id = ? AND ? <> '' AND ? >= 0\"",
      ),
      patch(
        TRANSITIONS,
        "WHERE id = ? AND state = 'queued' AND touched = 0 AND version = ?`",
        'WHERE id = ? AND touched = 0 AND ? >= 0`',
      ),
      patch(
        TRANSITIONS,
        "WHERE id = ? AND state IN ('queued', 'unknown', 'review') AND version = ?`",
        'WHERE id = ? AND ? >= 0`',
      ),
      patch(
        TRANSITIONS,
        "AND state = ? AND state IN ('unknown', 'review') AND version = ?`",
        "AND ? <> '' AND ? >= 0`",
      ),
      patch(
        'main/counter/review-service.ts',
        "increment.state !== 'review' || increment.version !== version",
        'increment.version < version',
      ),
    ],
    hunt: { profile: 'nothing', firstSeed: 38 },
    breaks: ['wrongly cancelled', 'applied while queued'],
  },
];
