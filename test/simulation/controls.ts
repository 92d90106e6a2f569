import { patch } from '../security/support/patch.ts';
import type { Mutant } from './mutants.ts';

const TRANSITIONS = 'main/outbox/transitions-repository.ts';
const READER = 'main/members/member-reader.ts';

/** Policies and left-out rules that must not hold (protocol, "How it is proven"). */
export const controls: readonly Mutant[] = [
  {
    name: 'answered-reads-release',
    says: 'a read that is answered proves the increment call too',
    patches: [
      patch(
        'main/link/link-state.ts',
        'retryAtMonotonicMs: waits, suspicion: null };',
        'retryAtMonotonicMs: waits, suspicion: null, brake: released };',
      ),
    ],
    hunt: { profile: 'broken', firstSeed: 1 },
    breaks: ['spent on a broken call'],
  },
  {
    name: 'head-follows-late',
    says: 'the head covers an entry that was not sent within a minute',
    patches: [
      patch(
        'main/outbox/journal-keeper.ts',
        'const COVER_WITHIN_MS = 250;',
        'const COVER_WITHIN_MS = 60_000;',
      ),
    ],
    hunt: { profile: 'broken', happening: 'lost-log', firstSeed: 1 },
    breaks: ['lost'],
  },
  {
    name: 'send-now-releases',
    says: '"Send now" and a change of network end the wait that was earned',
    patches: [
      patch(
        'main/link/link-state.ts',
        '  ...link,\n  connectFailures: 0,\n  retryAtMonotonicMs: 0,',
        '  ...link,\n  connectFailures: 0,\n  brake: { ...link.brake, heldBackUntilMonotonicMs: 0 },\n  retryAtMonotonicMs: 0,',
      ),
    ],
    hunt: { profile: 'broken', firstSeed: 1 },
    breaks: ['spent on a broken call'],
  },
  {
    name: 'replies-had-before',
    says: 'a success on a connection of its own is this entry’s, though it was had before',
    patches: [
      patch('main/kybio/repeated-reply.ts', '(reusedSocket || isTelling) && seen', 'reusedSocket && seen'),
      patch('main/kybio/repeated-reply.ts', '(isTelling && isOfAnother(reply))', 'false'),
    ],
    hunt: { profile: 'proxy', firstSeed: 1 },
    breaks: ['wrongly confirmed'],
  },
  {
    name: 'success-need-not-fit',
    says: 'a success that names the member is one, whatever else it says',
    patches: [
      patch('main/kybio/increment-reply.ts', "  return 'unreadable';\n}", "  return 'agrees';\n}"),
      patch('main/kybio/outcome.ts', 'if (contradictsItself(reply, words))', 'if (reply.data === words)'),
    ],
    hunt: { profile: 'proxy', firstSeed: 1 },
    breaks: ['wrongly confirmed'],
  },
  {
    name: 'fragments-refuse',
    says: 'words of refusal count wherever they stand in a sentence',
    patches: [
      patch(
        'main/kybio/find-words.ts',
        "return mention?.category === 'back-end' ? mention : findWhole(messages, errorCode, table);",
        'return mention ?? findWhole(messages, errorCode, table);',
      ),
    ],
    hunt: { profile: 'proxy', firstSeed: 1 },
    breaks: ['wrongly cancelled', 'doubled', 'applied while queued'],
  },
  {
    name: 'another-card',
    says: 'whoever KYBIO answers with is who was asked for',
    patches: [
      patch(
        'main/kybio/asked-for.ts',
        "return number !== '' && plain(number) === plain(customerNum) ? parsed : other;",
        "return plain(number) === '' && plain(customerNum) === '' ? other : parsed;",
      ),
      patch(
        'main/members/ask-host.ts',
        'if (foldNumber(number) !== foldNumber(card)) return',
        "if (foldNumber(number) === '' && foldNumber(card) === '') return",
      ),
    ],
    hunt: { profile: 'proxy', firstSeed: 1 },
    breaks: ['another member'],
  },
  {
    name: 'stillness-60s',
    says: 'two equal readings a minute apart are stillness, whoever has answered them',
    patches: [
      patch(
        'main/sync/stillness.ts',
        'isShort ? SHORTEST_SECOND_READING_MS : CACHES_LIVE_MS',
        'isShort || CACHES_LIVE_MS > 0 ? SHORTEST_SECOND_READING_MS : 0',
      ),
    ],
    hunt: { profile: 'proxy', firstSeed: 21 },
    breaks: ['applied while queued', 'doubled'],
  },
  {
    name: 'copies-move',
    says: 'sums from before our last increments are a movement, whoever has answered them',
    patches: [
      patch(
        'main/sync/decide.ts',
        'if (mayBeCopy(entry, evidence) && !isProven)',
        'if (policy.secondReadingMs < 0)',
      ),
    ],
    hunt: { profile: 'proxy', firstSeed: 332 },
    breaks: ['wrongly confirmed'],
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
    hunt: { profile: 'nothing', crowd: 'busy', firstSeed: 72 },
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
        "if (before?.state !== 'queued' || before.touched !== 0 || before.version !== version)",
        "if (before?.state !== 'queued' || before.version !== version)",
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
        'const overlapsNoSend = !before.sending && !after.sending && before.begun === after.begun;',
        'const overlapsNoSend = before.begun <= after.begun;',
      ),
      patch(READER, 'if (sends.undecided) return false;', 'if (sends.begun >= 0) return true;'),
      patch(
        READER,
        '!sendsBefore.sending && transitions.sendsOfAll().begun === sendsBefore.begun',
        'sendsBefore.begun >= 0',
      ),
      patch('main/sync/commit-end.ts', 'if (mayHaveMoved(end)) learnSums', 'if (end === null) learnSums'),
      patch(
        'main/sync/detective-service.ts',
        "if (state === 'confirmed') directory.forgetBaseline",
        "if (state === 'sending') directory.forgetBaseline",
      ),
    ],
    hunt: { profile: 'single', firstSeed: 1221 },
    breaks: ['wrongly confirmed', 'doubled'],
  },
  {
    name: 'without-rule-8',
    says: 'a transition asks neither for the old state nor for the version',
    patches: [
      patch(
        'main/outbox/attempts.ts',
        'before === null || before.state !== from || before.version !== candidate.version',
        'before === null',
      ),
      patch(
        TRANSITIONS,
        "if (before?.state !== 'queued' || before.touched !== 0 || before.version !== version)",
        'if (before === null || before.touched !== 0 || version < 0)',
      ),
      patch(
        TRANSITIONS,
        'before === null || !mayBeReviewed.has(before.state) || before.version !== entry.version',
        'before === null || mayBeReviewed.size === 0',
      ),
      patch(
        TRANSITIONS,
        'before === null || !isUndecided || before.state !== entry.state || before.version !== entry.version',
        "before === null || (isUndecided && entry.state === 'queued')",
      ),
      patch(
        'main/counter/review-service.ts',
        "increment.state !== 'review' || increment.version !== version",
        'increment.version < version',
      ),
    ],
    hunt: { profile: 'nothing', thorough: true, firstSeed: 40 },
    breaks: ['not vouched for', 'wrongly cancelled', 'applied while queued'],
  },
  {
    name: 'without-the-look',
    says: 'what waited over a start is sent without a look at its member',
    patches: [
      patch(
        'main/sync/needs-look.ts',
        'if (of.isOverStart) return true;',
        'if (of.isOverStart) return false;',
      ),
    ],
    hunt: { profile: 'copied', firstSeed: 2 },
    breaks: ['doubled'],
  },
  {
    name: 'look-at-fresh-sums',
    says: 'the baseline before the reading is not kept, so that the reading is held against itself',
    patches: [
      patch(
        'main/sync/look-batch.ts',
        'const knownBefore = evidence.knownBefore(increment);',
        'const knownBefore = [parts.directory.baseline(increment.customerUid)].filter((one) => one !== null);',
      ),
    ],
    hunt: { profile: 'copied', firstSeed: 2 },
    breaks: ['doubled'],
  },
  {
    name: 'a-second-is-always-ours',
    says: 'whose second it was that KYBIO calls a duplicate is not looked at',
    patches: [
      patch(
        'main/sync/send-one.ts',
        "if (settled.state === 'confirmed' && outcome.kind === 'unknown')",
        "if (settled.state === 'rejected' && outcome.kind === 'unknown')",
      ),
    ],
    hunt: { profile: 'same-number', firstSeed: 1 },
    breaks: ['wrongly confirmed'],
  },
  {
    name: 'a-lower-balance-is-evidence',
    says: 'sums that are an entry lower than what was known accuse that entry, whoever has spent',
    patches: [
      patch(
        'main/sync/next-reply.ts',
        "how === 'uncertain' && fits(moved, negated(increments))",
        "how !== 'cancelled' && fits(moved, negated(increments))",
      ),
      patch(
        'main/sync/next-reply.ts',
        "kind: 'shortfall', known, isAsked: false",
        "kind: 'shortfall', known, isAsked: true",
      ),
    ],
    hunt: { profile: 'shop', firstSeed: 1 },
    breaks: ['wrong question'],
  },
];
