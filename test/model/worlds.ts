import { cautiousPolicy, type EvidencePolicy } from '../../main/hosts/host/evidence-policy.ts';
import { type HostProfile, unknownHost } from '../../main/hosts/host/host-profile.ts';
import type { Happening } from './answers.ts';
import { GREATEST_AGE_MS, LOG_DELAY_MS, type Setting } from './world.ts';

const everything: readonly Happening[] = [
  ...(['connection-refused', 'certificate', 'lost', 'late', 'lost-before-applying', 'bad-gateway'] as const),
  ...(['other-member', 'rejected', 'credentials', 'refused-status', 'unknown-words'] as const),
  ...([
    'back-end-error',
    'delivered-twice',
    'read-not-answered',
    'old-reading',
    'crash',
    'head-mismatch',
  ] as const),
  ...(['tampering', 'suspension', 'look-up', 'ageing'] as const),
];

const duplicates = { greatestAgeMs: GREATEST_AGE_MS };
const log = { carriesOurTime: true, delayMs: LOG_DELAY_MS };
const withDuplicates: HostProfile = { ...unknownHost, duplicates };
const declared: EvidencePolicy = { ...cautiousPolicy, tillNumbersDeclared: true };

type Host = Omit<Setting, 'name' | 'members' | 'may'>;

/** KYBIO as it is documented, and nothing is known of it; somebody else writes too. */
const cautious: Host = {
  ...{ refusesDuplicates: false, profile: unknownHost, policy: cautiousPolicy, otherWrites: 1 },
  secondIsTaken: false,
};
/** A host that is proven to refuse duplicates. */
const proven: Host = {
  ...{ ...cautious, refusesDuplicates: true, profile: withDuplicates, policy: declared, otherWrites: 0 },
};
/** A host that refuses them, which nobody has shown, and a till without a number has used up the second. */
const collided: Host = { ...cautious, refusesDuplicates: true, otherWrites: 0, secondIsTaken: true };

export const hosts = {
  cautious,
  proven,
  'log proven': { ...cautious, profile: { ...unknownHost, log }, policy: declared, otherWrites: 0 },
  'all proven': { ...proven, profile: { ...withDuplicates, log } },
  'second taken': collided,
} satisfies Readonly<Record<string, Host>>;
export type HostName = keyof typeof hosts;

/** A small world at one of the hosts: whose the entries are, and what may happen. */
export const worldAt = (
  host: HostName,
  members: readonly number[],
  may: readonly Happening[],
  change: Partial<Host> = {},
): Setting => ({
  ...{ ...hosts[host], otherWrites: members.length > 1 ? 0 : hosts[host].otherWrites, ...change },
  name: `${host}: ${members.length} of ${new Set(members).size}, ${may.length} kinds of happenings`,
  members,
  may: new Set(may),
});

const every = Object.keys(hosts) as readonly HostName[];
const pair: readonly Happening[] = [
  ...(['lost', 'late', 'crash', 'rejected', 'connection-refused', 'delivered-twice'] as const),
];

const own = every.filter((host) => !hosts[host].secondIsTaken);

/** One entry with whatever can happen; two and three with what can come between them. */
export const settings: readonly Setting[] = [
  ...every.map((host) => worldAt(host, [0], everything)),
  ...own.map((host) => worldAt(host, [0, 0], pair)),
  worldAt('second taken', [0, 0], ['lost', 'late', 'crash']),
  // Nothing is lost, so that the first refusal is seen.
  worldAt('proven', [0, 0], ['connection-refused', 'look-up', 'ageing'], { secondIsTaken: true }),
  worldAt('cautious', [0, 1], ['lost', 'late', 'crash']),
  worldAt('all proven', [0, 1], ['lost', 'late', 'crash', 'delivered-twice']),
  ...own.map((host) => worldAt(host, [0, 0, 0], ['lost', 'late', 'delivered-twice', 'connection-refused'])),
  worldAt('proven', [0, 1, 0], ['lost', 'late', 'delivered-twice']),
];
