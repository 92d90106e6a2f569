import type { ReplyTime } from '../../main/hosts/practice/types.ts';
import type { HostTruth } from './kybio-host.ts';
import { type Prng, weighted } from './prng.ts';
import type { ProfileName } from './scenario.ts';

const MINUTE = 60_000;

const replyTimes: readonly ReplyTime[] = ['echo', 'own', 'one-off', 'other-zone', 'none'];

const drawReplies = (prng: Prng) => ({
  replyTime: prng.pick(replyTimes),
  isSilentOfUnmoved: prng.chance(0.3),
});

/** What is true of the host, and what the check-up and the manager have told the till of it. */
export function drawHost(prng: Prng, profile: ProfileName) {
  const delayMs = prng.between(0, 20_000);
  const awards = prng.chance(0.5);
  const anyLog = prng.chance(0.5) ? { carriesOurTime: prng.chance(0.5), delayMs, awards: false } : null;
  const isLog = profile === 'log';
  const truth: HostTruth = {
    refusesDuplicates: profile === 'duplicates' || (profile !== 'beyond' && prng.chance(0.3)),
    log: isLog ? { carriesOurTime: true, delayMs, awards } : anyLog,
    ...drawReplies(prng.fork('replies')),
  };
  const hostProfile = {
    checkedAtMs: 1,
    duplicates: profile === 'duplicates' ? { greatestAgeMs: 86_400_000 } : null,
    log: isLog ? { carriesOurTime: true, delayMs: delayMs + 1_000 } : null,
  };
  const policy = {
    tillNumbersDeclared: profile === 'duplicates' || isLog,
    quiescenceMs: 150_000,
    secondReadingMs: 60_000,
    // So that the budget of a free account is not what decides how a run ends.
    callsPerDay: 5_000,
    memberWaitingCap: '2000000',
    tillWaitingCap: '20000000',
  };
  return { truth, settings: { hostProfile, policy } };
}

/** Half an hour before summer time ends, where there is one; else any time of the day. */
export function drawTime(prng: Prng): { storeTimeZone: string; startUnixMs: number } {
  const zone = weighted(prng, { 'Asia/Singapore': 6, 'Europe/Berlin': 3, 'America/New_York': 1 });
  const ends = { 'Europe/Berlin': '2026-10-25T01:00:00Z', 'America/New_York': '2026-11-01T06:00:00Z' };
  if (zone !== 'Asia/Singapore' && prng.chance(0.5))
    return { storeTimeZone: zone, startUnixMs: Date.parse(ends[zone]) - prng.below(15 * MINUTE) };
  return {
    storeTimeZone: zone,
    startUnixMs: Date.parse('2026-03-02T00:00:00Z') + prng.below(86_400_000 * 200),
  };
}
