import { z } from 'zod';
import { policySchema } from '../../../preload/contract/index.ts';
import { readJson } from '../../kernel/database/read-json.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import type { Clock } from '../../kernel/ports.ts';
import { CLOSED_KEY, isInForce, readClosed } from './closed-installation.ts';
import { type HostProfile, hostProfileSchema, unknownHost } from './host-profile.ts';
import { isSeenTwice, mayNumbersBeOwn } from './till-numbers.ts';

/** 150 s were chosen against 45 s measured; 40 s doubled thousands of credits in simulation. */
export const SHORTEST_QUIESCENCE_MS = 150_000;

const { tillNumbersDeclared, quiescenceMs, secondReadingMs, lookAfterMs } = policySchema.shape;

/**
 * What a manager has declared about the account, and how patient the till is: these fields of the one
 * stored policy, with its bounds, which are never below what is safe.
 */
export const evidencePolicySchema = z.object({
  tillNumbersDeclared,
  quiescenceMs,
  secondReadingMs,
  lookAfterMs,
});
type EvidenceSettings = z.infer<typeof evidencePolicySchema>;
export type EvidencePolicy = EvidenceSettings & DecidePolicy;

export const cautiousSettings: EvidenceSettings = {
  tillNumbersDeclared: false,
  quiescenceMs: SHORTEST_QUIESCENCE_MS,
  secondReadingMs: 60_000,
  lookAfterMs: 3_600_000,
};
export const cautiousPolicy: EvidencePolicy = { ...cautiousSettings, singleWriter: false };

/** Where the manager's settings lie, as JSON of `policySchema`. */
export const POLICY_KEY = 'policy';
export const HOST_PROFILE_KEY = 'host.profile';

/** The stored policy, whatever it is. A single writer that a manager ticked in an older version is not read (ADR 55). */
export const storedPolicy = (text: string | null): Readonly<Record<string, unknown>> => {
  const stored = z.record(z.string(), z.unknown()).safeParse(readJson(text));
  return stored.success ? stored.data : {};
};

/** The stored policy, all of it, without what a manager has declared about the account. */
export const withoutDeclarations = (text: string): string =>
  JSON.stringify({
    ...storedPolicy(text),
    tillNumbersDeclared: cautiousSettings.tillNumbersDeclared,
  });

/**
 * An object out of what was stored of it, field by field: what is missing or out of its bounds is as it is by
 * default, so that neither damage nor an older version makes a till less careful than that.
 */
export function readByField<S extends z.ZodObject>(
  schema: S,
  stored: Readonly<Record<string, unknown>>,
  defaults: z.output<S>,
): z.output<S> {
  const fields = Object.entries(schema.shape as Readonly<Record<string, z.ZodType>>).map(([name, field]) => {
    const parsed = field.safeParse(stored[name]);
    return [name, parsed.success ? parsed.data : (defaults as Readonly<Record<string, unknown>>)[name]];
  });
  return schema.parse(Object.fromEntries(fields));
}

/** Parses a setting anew only when its text has changed: it is asked for at every look at the plan. */
function parsedOnce<T>(parse: (text: string | null) => T): (text: string | null) => T {
  let known: { readonly text: string | null; readonly value: T } | null = null;
  return (text) => {
    if (known === null || known.text !== text) known = { text, value: parse(text) };
    return known.value;
  };
}

const policyIn = parsedOnce((text) =>
  readByField(evidencePolicySchema, storedPolicy(text), cautiousSettings),
);
const closedIn = parsedOnce(readClosed);
const profileIn = parsedOnce((text) => {
  const parsed = hostProfileSchema.safeParse(readJson(text));
  return parsed.success ? parsed.data : unknownHost;
});

/**
 * As it is at this moment: a closed installation has an end, and no declaration stands against another till that was
 * seen to use this till's seconds.
 */
export function loadEvidencePolicy(
  settings: Pick<Settings, 'get'>,
  clock: Pick<Clock, 'nowMs'>,
): EvidencePolicy {
  const closed = closedIn(settings.get(CLOSED_KEY));
  const singleWriter = closed !== null && isInForce(closed, clock.nowMs()) && !isSeenTwice(settings);
  const policy = policyIn(settings.get(POLICY_KEY));
  const tillNumbersDeclared = policy.tillNumbersDeclared && mayNumbersBeOwn(settings);
  return { ...policy, tillNumbersDeclared, singleWriter };
}

/** What does not parse is as if it were not there: then the worst is assumed. */
export const loadHostProfile = (settings: Settings): HostProfile => profileIn(settings.get(HOST_PROFILE_KEY));

export interface DecidePolicy {
  /** A closed installation: nothing but this till changes its members' balances and points, at any time (ADR 55). */
  readonly singleWriter: boolean;
  /** Every till of the account has its declared number. */
  readonly tillNumbersDeclared: boolean;
  /** Between the two equal readings that speak for *not applied*; never below what `stillnessMs` says. */
  readonly secondReadingMs: number;
}

/**
 * Longer than what lies between a till and a host keeps an answer. Two readings of a cache are equal whatever was
 * credited, and nothing in a member's record tells a copy from a new one: where a gateway answers from its store it
 * writes the `Date` anew.
 */
export const CACHES_LIVE_MS = 600_000;
